"""Customers that come in and go out as spreadsheets, and the views of the list that people keep."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.rules.sheets import REPEATED
from alicerce.apps.customers.types import (
    Exchange,
    ExportCard,
    ImportCard,
    RowFault,
    RowOutcome,
    SavedViewCard,
)
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory, mentioned_in, written_in

STATES = [(state.value, state.value) for state in Exchange]


class SavedView(TenantModel):
    """A list of customers under a name: one member's, or everybody's when shared."""

    inventory: ClassVar = Inventory(
        _("Listas guardadas"),
        of={"user": "owner_id", "email": written_in("query")},
        erase="name query",
        deletes=True,
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "owner", "name"], name="view_once_per_member"),
        ]

    def __str__(self) -> str:
        return self.name

    def card(self) -> SavedViewCard:
        return SavedViewCard(self.id, self.owner_id, self.name, self.query, self.is_shared)


class CustomerImportQuerySet(TenantQuerySet["CustomerImport"]):
    """The file itself is only fetched by who asks for it."""

    def lock_without_file(self, pk: UUID) -> "CustomerImport":
        return self.defer("content").lock(pk)

    def part_of_file(self, pk: UUID, begin: int, end: int) -> bytes:
        """The database cuts it out: the whole file does not travel."""
        part = Substr("content", begin + 1, end - begin, output_field=models.BinaryField())
        return bytes(self.filter(pk=pk).values_list(part, flat=True).get())


class CustomerImport(TenantModel):
    """A file of customers, and how far it was read. The file goes away when it was.

    One that waits and mentions who is forgotten is read no further.
    """

    inventory: ClassVar = Inventory(
        _("Importações que ainda não terminaram"),
        of={"email": mentioned_in("content")},
        erase="filename content",
        plain="columns layout repeats",
        instead={"state": Exchange.CANCELED},
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    filename = models.CharField(max_length=120)
    content = models.BinaryField()
    layout = models.JSONField(null=True)
    columns = models.JSONField(default=dict)
    repeats = models.JSONField(null=True)
    """By line: which field says what which line before it said."""
    state = models.CharField(max_length=10, choices=STATES, default=Exchange.WAITING)
    total = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = CustomerImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.filename

    def start(self, columns: dict[str, int], repeats: Mapping[int, RowFault]) -> bool:
        """False when it was started or canceled before."""
        if self.state != Exchange.WAITING:
            return False
        self.state, self.columns = Exchange.RUNNING, columns
        self.repeats = {str(line): [fault.field, fault.line] for line, fault in repeats.items()}
        self.save(update_fields=["state", "columns", "repeats"])
        return True

    def repeat_at(self, line: int) -> RowFault | None:
        """Who the line names was named before it, where it was."""
        field, before = (self.repeats or {}).get(str(line)) or (None, None)
        return RowFault(field, REPEATED, before) if field else None

    def advance(self, outcomes: list[RowOutcome], *, at: datetime) -> None:
        self.position += len(outcomes)
        self.created += outcomes.count(RowOutcome.CREATED)
        self.known += outcomes.count(RowOutcome.KNOWN)
        self.wrong += outcomes.count(RowOutcome.WRONG)
        self.save(update_fields=["position", "created", "known", "wrong"])
        if self.position >= self.total:
            self._finish(Exchange.DONE, at=at)

    def cancel(self, *, at: datetime) -> bool:
        """What was created stays. False when it was over already."""
        if self.state not in {Exchange.WAITING, Exchange.RUNNING}:
            return False
        self._finish(Exchange.CANCELED, at=at)
        return True

    def fail(self, *, at: datetime) -> bool:
        """Be read no further, through no fault of the file. False when nobody was reading it."""
        if self.state != Exchange.RUNNING:
            return False
        self._finish(Exchange.FAILED, at=at)
        return True

    def _finish(self, state: Exchange, *, at: datetime) -> None:
        self.state, self.finished_at, self.content = state, at, b""
        self.save(update_fields=["state", "finished_at", "content"])

    def card(self) -> ImportCard:
        return ImportCard(
            id=self.id,
            filename=self.filename,
            state=Exchange(self.state),
            total=self.total,
            position=self.position,
            created=self.created,
            known=self.known,
            wrong=self.wrong,
            started_at=self.created_at,
        )


class ImportFault(TenantModel):
    """What was wrong with a line: a code, told in the reader's language."""

    inventory: ClassVar = Inventory(plain="field code")

    source = TenantForeignKey(CustomerImport, models.CASCADE)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=24)
    code = models.CharField(max_length=24)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "source", "line", "field", "code"], name="fault_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.field} {self.code}"

    def fault(self) -> tuple[int, RowFault]:
        return self.line, RowFault(self.field, self.code)


class CustomerExport(TenantModel):
    """Customers on their way into a file, in parts."""

    inventory: ClassVar = Inventory(
        _("Exportações de clientes"),
        of={"user": "owner_id", "email": written_in("wanted")},
        erase="wanted",
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=Exchange.RUNNING)
    written = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    before = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"export {self.id}"

    def advance(self, written: int, *, before: UUID | None, at: datetime) -> None:
        self.written, self.parts, self.before = self.written + written, self.parts + 1, before
        if before is None:
            self.state, self.finished_at = Exchange.DONE, at
        self.save()

    def fail(self, *, at: datetime) -> bool:
        """Never become a file. False when it is one, or failed before."""
        if self.state != Exchange.RUNNING:
            return False
        self.state, self.finished_at = Exchange.FAILED, at
        self.save(update_fields=["state", "finished_at"])
        return True

    def card(self) -> ExportCard:
        return ExportCard(
            self.id, self.owner_id, Exchange(self.state), self.written, self.finished_at
        )


class ExportPart(TenantModel):
    inventory: ClassVar = Inventory(
        _("Arquivos exportados, por 24 horas"),
        of={"email": written_in("body")},
        erase="body",
        hidden="body",
        deletes=True,
    )

    source = TenantForeignKey(CustomerExport, models.CASCADE)
    position = models.PositiveIntegerField()
    body = models.TextField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "source", "position"], name="part_once"),
        ]

    def __str__(self) -> str:
        return f"part {self.position}"
