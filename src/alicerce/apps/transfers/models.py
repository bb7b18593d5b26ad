"""A transfer: what is to be moved from where to where, how far it is, and everything said of it."""

from dataclasses import asdict
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.transfers.types import OPEN, OVER, Examined, Said, Source, SourceFacts, Stage
from alicerce.kernel.crypto import SecretField, reveal, seal
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

SOURCE = ("source_host", "source_port", "source_login", "source_username", "source_certificate")
FACTS = ("version", "source_domain", "source_plan", "disk_used", "disk_limit", "domains")


class TransferQuerySet(TenantQuerySet["Transfer"]):
    def open(self) -> "TransferQuerySet":
        return self.filter(stage__in=OPEN)

    def with_token_before(self, moment: datetime) -> "TransferQuerySet":
        return self.filter(token_given_at__lt=moment).exclude(token=b"")


class Transfer(TenantModel):
    """The token is sealed, shown to nobody but the source, and gone when the transfer is over."""

    inventory: ClassVar = Inventory(
        _("Migrações"),
        of={"customer": "customer_id"},
        names={"transfer": "id"},
        erase=(
            "source_host source_login source_username source_certificate note token"
            " source_domain source_plan domains findings"
        ),
        plain="version",
    )

    service = TenantForeignKey("hosting.Service", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    stage = models.CharField(
        max_length=9, choices=[(s, s) for s in Stage], default=Stage.EXAMINING
    )
    source_host = models.CharField(max_length=253)
    source_port = models.PositiveIntegerField()
    source_login = models.CharField(max_length=60)
    source_username = models.CharField(max_length=16)
    source_certificate = models.TextField(default="", blank=True)
    token = SecretField()
    token_given_at = models.DateTimeField()
    note = models.CharField(max_length=1000, default="", blank=True)
    examination = models.PositiveIntegerField(default=1)
    examined_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=40, default="", blank=True)
    source_domain = models.CharField(max_length=253, default="", blank=True)
    source_plan = models.CharField(max_length=120, default="", blank=True)
    disk_used = models.BigIntegerField(null=True)
    disk_limit = models.BigIntegerField(null=True)
    domains = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "service"],
                condition=Q(stage__in=OPEN),
                name="transfers_one_open_per_service",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN) | Q(token=b""), name="transfers_over_without_token"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "stage", "id"], name="transfers_by_stage"),
            models.Index(fields=["tenant", "customer", "id"], name="transfers_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.source_username}@{self.source_host}"

    @property
    def is_over(self) -> bool:
        return self.stage in OVER

    @property
    def has_token(self) -> bool:
        return bool(self.token)

    @property
    def source(self) -> Source:
        return Source(
            self.source_host,
            self.source_port,
            self.source_login,
            self.source_username,
            self.source_certificate,
        )

    def point_at(self, source: Source) -> None:
        """Take on where the account is; the row still has to be saved."""
        for column, value in zip(SOURCE, asdict(source).values(), strict=True):
            setattr(self, column, value)

    def take_token(self, token: str, *, at: datetime) -> None:
        """Seal it; the row still has to be saved."""
        seal(self, "token", token)
        self.token_given_at = at

    def shown_token(self) -> str:
        return reveal(self, "token")

    def begin_again(self) -> int:
        """Be examined anew; whatever an older examination comes to means nothing from now on."""
        self.examination, self.stage = self.examination + 1, Stage.EXAMINING
        self.examined_at, self.findings = None, []
        self.see(SourceFacts(""), limit=None)
        state = ("examination", "stage", "examined_at", "findings")
        self.save(update_fields=[*SOURCE, *FACTS, *state, "token", "token_given_at"])
        return self.examination

    def is_at(self, examination: int) -> bool:
        return self.stage == Stage.EXAMINING and self.examination == examination

    def see(self, facts: SourceFacts, *, limit: int | None) -> None:
        """Take on what the source shows; the row still has to be saved."""
        self.version, self.source_domain = facts.version[:40], facts.domain[:253]
        self.source_plan, self.disk_used, self.disk_limit = (
            facts.plan[:120],
            facts.disk_used,
            limit,
        )
        self.domains = [asdict(domain) for domain in facts.domains or ()]

    def settle(self, examined: Examined, *, at: datetime) -> None:
        """Be ready, or blocked by what was found."""
        self.stage = Stage.READY if examined.is_clear else Stage.BLOCKED
        self.examined_at = at
        self.findings = [found.kept() for found in examined.findings]
        if examined.facts:
            self.see(examined.facts, limit=examined.disk_limit)
        self.save(update_fields=["stage", "examined_at", "findings", *FACTS])

    def start_moving(self) -> bool:
        if self.stage != Stage.READY:
            return False
        self.stage = Stage.MOVING
        self.save(update_fields=["stage"])
        return True

    def end(self, stage: Stage, *, at: datetime) -> None:
        """It is over, and its token is destroyed with it."""
        assert stage in OVER
        self.stage, self.finished_at, self.token = stage, at, b""
        self.save(update_fields=["stage", "finished_at", "token"])

    def destroy_token(self) -> None:
        self.token = b""
        self.save(update_fields=["token"])

    def tell(self, *said: Said, at: datetime, note: str = "", author: str = "system") -> None:
        """Add lines to its log, in this order."""
        LogLine.objects.bulk_create(
            LogLine(
                transfer=self,
                examination=self.examination,
                at=at,
                author=author,
                code=each.code,
                values=dict(each.values),
                detail=each.raw[:500],
                note=note,
            )
            for each in said
        )


class LogLine(TenantModel):
    """Something that happened to a transfer, as a code; `detail` is how a machine put it, `note` what a person wrote."""

    inventory: ClassVar = Inventory(
        _("Registro de migrações"),
        of={"transfer": "transfer_id"},
        erase="values detail note",
        plain="code author",
    )

    transfer = TenantForeignKey(Transfer, models.CASCADE, related_name="log")
    examination = models.PositiveIntegerField()
    at = models.DateTimeField()
    author = models.CharField(max_length=80, default="system")
    code = models.CharField(max_length=24)
    values = models.JSONField(default=dict)
    detail = models.CharField(max_length=500, default="", blank=True)
    note = models.CharField(max_length=1000, default="", blank=True)

    class Meta(TenantModel.Meta):
        constraints = [*TenantModel.Meta.constraints]
        indexes = [models.Index(fields=["tenant", "transfer", "id"], name="transfers_log")]

    def __str__(self) -> str:
        return self.code
