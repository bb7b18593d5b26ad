"""Dumps of another program's database: the file while it is read, then the rows that it holds."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.switching.rules.tables import Staged
from alicerce.apps.switching.types import (
    AT_WORK,
    DumpCard,
    DumpStage,
    Outcome,
    Place,
    PlaceCount,
    Remark,
    ReportRow,
)
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory, mentioned_in, written_in

STAGED = (
    "id", "dump_id", "place", "source_id", "parent", "other", "body", "digest", "outcome", "remarks",
)  # fmt: skip
PROGRESS = ("step", "place", "after", "done", "created", "updated", "same", "kept")


class DumpQuerySet(TenantQuerySet["Dump"]):
    def at_work(self) -> "DumpQuerySet":
        return self.filter(stage__in=AT_WORK)

    def newest_first(self) -> "DumpQuerySet":
        return self.order_by("-id")


class Dump(TenantModel):
    """One dump, and how far it was read, examined or brought. One at a time is worked on."""

    inventory: ClassVar = Inventory(
        _("Cópias trazidas de outro sistema"),
        of={"user": "owner_id"},
        erase="filename",
        plain="servers counts sums fault",
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    filename = models.CharField(max_length=120)
    stage = models.CharField(
        max_length=9, choices=[(s.value, s.value) for s in DumpStage], default=DumpStage.READING
    )
    step = models.PositiveIntegerField(default=0)
    place = models.CharField(
        max_length=24, choices=[(p.value, p.value) for p in Place], default="", blank=True
    )
    after = models.BigIntegerField(default=-1)
    taken_on = models.DateField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    servers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    sums = models.JSONField(default=dict)
    fault = models.SlugField(max_length=40, default="", blank=True, db_index=False)
    fault_place = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DumpQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(stage__in=["reading", "examining", "bringing"]),
                name="one_dump_at_work",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def enter(self, stage: DumpStage, *, place: str = "", total: int = 0) -> None:
        """Begin a stage, from its first row."""
        self.stage, self.place, self.after = stage, place, -1
        self.done, self.total, self.step = 0, total, self.step + 1
        self.save(update_fields=["stage", "total", *PROGRESS])

    def advance(self, *, place: str, after: int, done: int) -> None:
        """So many rows more; the next step begins after this one."""
        self.place, self.after, self.step = place, after, self.step + 1
        self.done += done
        self.save(update_fields=PROGRESS)

    def close(self, stage: DumpStage, *, at: datetime) -> None:
        self.stage, self.finished_at, self.step = stage, at, self.step + 1
        self.save(update_fields=["stage", "finished_at", "step"])

    def fail(self, code: str, place: int, *, at: datetime) -> bool:
        """Be worked on no further. False when nobody was at it."""
        if self.stage not in AT_WORK:
            return False
        self.fault, self.fault_place = code[:40], place
        self.save(update_fields=["fault", "fault_place"])
        self.close(DumpStage.FAILED, at=at)
        return True

    def map_servers(self, servers: Mapping[str, str]) -> None:
        self.servers = dict(servers)
        self.save(update_fields=["servers"])

    def count_rows(self, place: Place, counts: Sequence[int], sums: Mapping[str, int]) -> None:
        """What was examined of a table; sums are of money, by what they are of and their currency."""
        self.counts[place.value], self.sums = list(counts), {**self.sums, **sums}
        self.save(update_fields=["counts", "sums"])

    def card(self) -> DumpCard:
        return DumpCard(
            id=self.id,
            filename=self.filename,
            stage=DumpStage(self.stage),
            taken_on=self.taken_on,
            uploaded_at=self.created_at,
            finished_at=self.finished_at,
            fault=self.fault,
            fault_place=self.fault_place,
            rows=self.rows,
            done=self.done,
            total=self.total,
            counts=tuple(
                PlaceCount(Place(p), *self.counts[p]) for p in Place if p in self.counts
            ),
            created=self.created,
            updated=self.updated,
            same=self.same,
            kept=self.kept,
        )


class DumpPartQuerySet(TenantQuerySet["DumpPart"]):
    def bodies(self, dump_id: UUID) -> Iterator[bytes]:
        """One after another: the whole file is never in memory."""
        own = self.filter(dump_id=dump_id)
        for position in range(own.count()):
            yield bytes(own.values_list("body", flat=True).get(position=position))


class DumpPart(TenantModel):
    """A stretch of the uploaded file, as it came. It goes away when the file was read."""

    inventory: ClassVar = Inventory(
        _("Arquivos de outro sistema, enquanto são lidos"),
        of={"email": mentioned_in("body")},
        erase="body",
        deletes=True,
    )

    dump = TenantForeignKey(Dump, models.CASCADE)
    position = models.PositiveIntegerField()
    body = models.BinaryField()

    objects: ClassVar[Any] = DumpPartQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "dump", "position"], name="dump_part_once"),
        ]

    def __str__(self) -> str:
        return f"part {self.position}"


class StagedRowQuerySet(TenantQuerySet["StagedRow"]):
    def of(self, dump_id: UUID, place: Place) -> "StagedRowQuerySet":
        return self.filter(dump_id=dump_id, place=place)

    def to_bring(self) -> "StagedRowQuerySet":
        return self.filter(outcome__in=[Outcome.OK, Outcome.WARNED])

    def worth_reporting(self, outcome: Outcome | None = None) -> "StagedRowQuerySet":
        wanted = [outcome] if outcome else [Outcome.WARNED, Outcome.REFUSED]
        return self.filter(outcome__in=wanted)

    def keep(self, dump_id: UUID, rows: Iterable[Staged]) -> None:
        """Write them in one statement. A row that is there already fails them all."""
        insert_rows(
            self.model,
            STAGED,
            [
                (
                    uuid7(),
                    dump_id,
                    row.place.value,
                    row.source_id,
                    row.parent,
                    row.other,
                    json.dumps(row.body),
                    row.digest,
                    "",
                    "[]",
                )
                for row in rows
            ],
        )


class StagedRow(TenantModel):
    """A row of a dump, with what is to be said of it. `parent` and `other` are ids of what it belongs to."""

    inventory: ClassVar = Inventory(
        _("Linhas de outro sistema, até a troca terminar"),
        of={"email": written_in("body")},
        erase="body remarks",
        plain="digest",
        deletes=True,
    )

    dump = TenantForeignKey(Dump, models.CASCADE)
    place = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Place])
    source_id = models.BigIntegerField()
    parent = models.BigIntegerField(default=0)
    other = models.BigIntegerField(default=0)
    body = models.JSONField()
    digest = models.CharField(max_length=32)
    outcome = models.CharField(
        max_length=7, choices=[(o.value, o.value) for o in Outcome], default="", blank=True
    )
    remarks = models.JSONField(default=list)

    objects: ClassVar[Any] = StagedRowQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "dump", "place", "source_id"], name="staged_row_once"
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "dump", "place", "parent"], name="staged_rows_of_parent"),
            Index(fields=["tenant", "dump", "place", "other"], name="staged_rows_of_other"),
            Index(
                fields=["tenant", "dump", "id"],
                condition=Q(outcome__in=["warned", "refused"]),
                name="staged_rows_to_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.source_id}"

    def staged(self) -> Staged:
        return Staged(
            Place(self.place), self.source_id, self.parent, self.other, self.body, self.digest
        )

    def report(self) -> ReportRow:
        return ReportRow(
            self.id,
            Place(self.place),
            self.source_id,
            Outcome(self.outcome),
            tuple(Remark(*said) for said in self.remarks),
        )
