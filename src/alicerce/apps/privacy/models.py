"""Consents, requests of people about their data, and the copies made for them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.privacy.types import (
    WAITING,
    Channel,
    RequestKind,
    RequestStatus,
    RequestView,
)
from alicerce.kernel.crypto import SecretField, reveal_bytes, seal_bytes
from alicerce.kernel.db import (
    AppendOnlyModel,
    OperatedModel,
    TenantForeignKey,
    TenantModel,
    TenantQuerySet,
)
from alicerce.kernel.personal import Inventory


class Consent(AppendOnlyModel):
    """Somebody said yes or no to a purpose, in these words, by this channel. The last word counts."""

    inventory: ClassVar = Inventory(
        _("Consentimentos"), of={"user": "user_id"}, plain="purpose version"
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    channel = models.CharField(max_length=12, choices=[(c, c) for c in Channel])
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "user", "purpose", "-id"], name="consents_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {'+' if self.given else '-'}{self.purpose}"


class RequestCounter(TenantModel):
    """The last protocol number given out by the tenant."""

    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_privacy_counter"),
        ]

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def next(cls) -> int:
        """The next number; it waits for whoever is taking one right now."""
        cls.objects.bulk_create([cls()], ignore_conflicts=True)
        cls.objects.update(last=F("last") + 1)
        return int(cls.objects.values_list("last", flat=True).get())


class RequestQuerySet(TenantQuerySet["PrivacyRequest"]):
    def waiting(self) -> "RequestQuerySet":
        return self.filter(status__in=WAITING)

    def due(self, at: datetime) -> "RequestQuerySet":
        """Erasures to carry out, and erased people of whom something has been kept long enough."""
        scheduled = Q(status=RequestStatus.SCHEDULED, runs_at__lte=at)
        return self.filter(scheduled | Q(status=RequestStatus.DONE, revisit_at__lte=at))


class PrivacyRequest(OperatedModel):
    """What somebody asked about their data. It has a protocol and a day by which it is answered.

    `customers` are those that were erased with the person; whatever of them a law keeps is kept until
    `kept_until`, and `revisit_at` is when something of it has to go.
    """

    inventory: ClassVar = Inventory(
        _("Pedidos de privacidade"),
        of={"user": "user_id"},
        names={"privacy_request": "id"},
        plain="customers",
        hidden="customers",
    )

    number = models.PositiveIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(k, k) for k in RequestKind])
    status = models.CharField(max_length=10, choices=[(s, s) for s in RequestStatus])
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    runs_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    customers = models.JSONField(default=list)
    kept_until = models.DateField(null=True)
    revisit_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "number"], name="privacy_number_per_tenant"),
            UniqueConstraint(
                fields=["tenant", "user", "kind"],
                condition=Q(status__in=[str(status) for status in WAITING]),
                name="privacy_one_waiting_of_a_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "user", "-id"], name="privacy_requests_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.protocol}"

    @property
    def protocol(self) -> str:
        return f"{self.asked_at:%Y}-{self.number:06d}"

    def close(self, status: RequestStatus, *, at: datetime) -> bool:
        """False when it was closed before."""
        if self.status not in WAITING:
            return False
        self.status, self.closed_at = status, at
        self.save(update_fields=["status", "closed_at"])
        return True

    def begin_erasure(
        self, *, customers: list[UUID], kept_until: date | None, at: datetime
    ) -> None:
        """Remember whom it was about before nothing leads there any more."""
        self.close(RequestStatus.DONE, at=at)
        self.customers, self.kept_until = [str(each) for each in customers], kept_until
        self.save(update_fields=["customers", "kept_until"])

    def visit_again(self, when: datetime | None) -> None:
        self.revisit_at = when
        self.save(update_fields=["revisit_at"])

    def view(self) -> RequestView:
        export = Export.objects.filter(request_id=self.id).defer("archive").first()
        return RequestView(
            id=self.id,
            tenant_id=self.tenant_id,
            user_id=self.user_id,
            protocol=self.protocol,
            kind=RequestKind(self.kind),
            status=RequestStatus(self.status),
            asked_at=self.asked_at,
            due_on=self.due_on,
            runs_at=self.runs_at,
            closed_at=self.closed_at,
            kept_until=self.kept_until,
            export_id=export.id if export else None,
            export_expires_at=export.expires_at if export else None,
        )


class Export(OperatedModel):
    """The copy made for a request: an encrypted archive that is thrown away when its link expires."""

    inventory: ClassVar = Inventory(
        _("Cópias preparadas"),
        of={"privacy_request": "request_id"},
        erase="archive",
        deletes=True,
    )

    request = TenantForeignKey(PrivacyRequest, models.PROTECT)
    archive = SecretField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "request"], name="privacy_one_export_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} until {self.expires_at:%Y-%m-%d %H:%M}"

    @classmethod
    def pack(
        cls, content: bytes, *, request: PrivacyRequest, at: datetime, until: datetime
    ) -> "Export":
        made = cls(request=request, made_at=at, expires_at=until)
        seal_bytes(made, "archive", content)
        made.save(force_insert=True)
        return made

    def content(self) -> bytes:
        return reveal_bytes(self, "archive")
