"""Tax documents: their numbers, their states, and what is left to do about them."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.fiscal.types import (
    UNSETTLED,
    CancelCode,
    DocumentCard,
    Environment,
    FiscalStatus,
    TaskCard,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory

TAKE = """
    insert into fiscal_dpscounter as mine (id, created_at, document, city_code, series, last)
    values (%(id)s, statement_timestamp(), %(document)s, %(city_code)s, %(series)s, 1)
    on conflict (tenant_id, document, city_code, series) do update set last = mine.last + 1
    returning last
"""
LOOK_AGAIN = timedelta(minutes=5)


class DpsCounter(TenantModel):
    """The last number of an issuer's series. Who takes one holds the row until the commit: no gaps."""

    inventory: ClassVar = Inventory(plain="document city_code series")

    document = models.CharField(max_length=14)
    city_code = models.CharField(max_length=7)
    series = models.CharField(max_length=5)
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "document", "city_code", "series"],
                name="one_dps_counter_per_series",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

    @classmethod
    def take(cls, *, document: str, city_code: str, series: str) -> int:
        """The next number; taken back when the transaction fails."""
        told: dict[str, Any] = {
            "id": uuid7(),
            "document": document,
            "city_code": city_code,
            "series": series,
        }
        with connection.cursor() as cursor:
            cursor.execute(TAKE, told)
            return int(cursor.fetchone()[0])


class FiscalDocumentQuerySet(TenantQuerySet["FiscalDocument"]):
    def current(self) -> "FiscalDocumentQuerySet":
        return self.filter(is_current=True)

    def unsettled(self, at: datetime) -> "FiscalDocumentQuerySet":
        return self.filter(status__in=UNSETTLED, look_at__lte=at)


class FiscalDocument(OperatedModel):
    """One document of an invoice; another that takes its place is current instead."""

    inventory: ClassVar = Inventory(
        _("Notas fiscais"),
        of={"customer": "customer_id"},
        names={"fiscal_document": "id"},
        keep={FISCAL: "sent_xml note_xml cancel_reason"},
        plain="series dps_id access_key note_number currency code reason cancel_code",
    )

    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    replaces = TenantForeignKey("fiscal.FiscalDocument", models.PROTECT, null=True)
    is_current = models.BooleanField(default=True)
    status = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in FiscalStatus],
        default=FiscalStatus.QUEUED,
    )
    environment = models.CharField(
        max_length=1, choices=[(e.value, e.value) for e in Environment]
    )
    series = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    dps_id = models.CharField(max_length=45)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    sent_xml = models.TextField(blank=True)
    note_xml = models.TextField(blank=True)
    access_key = models.CharField(max_length=50, blank=True)
    note_number = models.CharField(max_length=15, blank=True)
    code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    cancel_code = models.CharField(max_length=1, blank=True)
    cancel_reason = models.CharField(max_length=255, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    authorized_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField()

    objects: ClassVar[Any] = FiscalDocumentQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice"],
                condition=Q(is_current=True),
                name="one_document_per_invoice",
            ),
            UniqueConstraint(fields=["tenant", "dps_id"], name="dps_id_once"),
            CheckConstraint(
                condition=Q(status__in=["queued", "sent", "rejected"], access_key="")
                | Q(status__in=["authorized", "cancel_requested", "cancelled", "substituted"])
                & ~Q(access_key=""),
                name="document_has_a_key_iff_authorized",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "status", "-id"], name="documents_by_status"),
            models.Index(fields=["tenant", "customer", "-id"], name="documents_by_customer"),
            # lint: allow tenant-unique because the clock asks whose documents wait; it is not unique
            models.Index(
                fields=["look_at"],
                condition=Q(status__in=["queued", "sent", "cancel_requested"]),
                name="documents_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return self.dps_id

    def send(self, xml: str, *, at: datetime) -> None:
        """On record before anybody else knows: from now on it is asked about first."""
        self.status, self.sent_xml, self.sent_at = FiscalStatus.SENT, xml, at
        self.look_at = at + LOOK_AGAIN
        self.save(update_fields=["status", "sent_xml", "sent_at", "look_at"])

    def wait(self, trouble: str, *, at: datetime, was_sent: bool) -> None:
        """Nobody answered. Who certainly did nothing may be sent to again."""
        if not was_sent:
            self.status, self.sent_at = FiscalStatus.QUEUED, None
        self.reason, self.look_at = trouble[:500], at + LOOK_AGAIN
        self.save(update_fields=["status", "sent_at", "reason", "look_at"])

    def authorize(self, *, key: str, number: str, xml: str, at: datetime) -> bool:
        """False when it was already."""
        if self.status not in {FiscalStatus.QUEUED, FiscalStatus.SENT}:
            return False
        self.status, self.access_key, self.note_number = FiscalStatus.AUTHORIZED, key, number
        self.note_xml, self.authorized_at, self.code, self.reason = xml, at, "", ""
        self.save()
        return True

    def reject(self, *, code: str, reason: str) -> bool:
        if self.status not in {FiscalStatus.QUEUED, FiscalStatus.SENT}:
            return False
        self.status, self.code, self.reason = FiscalStatus.REJECTED, code[:40], reason[:500]
        self.save(update_fields=["status", "code", "reason"])
        return True

    def queue_again(self, *, amount_cents: int, at: datetime) -> bool:
        """After whatever was wrong was put right: under the same number and name."""
        if self.status != FiscalStatus.REJECTED:
            return False
        self.status, self.code, self.reason = FiscalStatus.QUEUED, "", ""
        self.amount_cents, self.look_at, self.sent_at = amount_cents, at + LOOK_AGAIN, None
        self.save()
        return True

    def ask_to_cancel(self, *, code: CancelCode, reason: str, at: datetime) -> bool:
        if self.status != FiscalStatus.AUTHORIZED:
            return False
        self.status, self.cancel_code = FiscalStatus.CANCEL_REQUESTED, code.value
        self.cancel_reason, self.cancel_asked_at = reason, at
        self.look_at, self.code, self.reason = at + LOOK_AGAIN, "", ""
        self.save()
        return True

    def keep_after_all(self, *, code: str, reason: str) -> bool:
        """The authority does not cancel it."""
        if self.status != FiscalStatus.CANCEL_REQUESTED:
            return False
        self.status, self.code, self.reason = FiscalStatus.AUTHORIZED, code[:40], reason[:500]
        self.save(update_fields=["status", "code", "reason"])
        return True

    def cancel(self, *, at: datetime) -> bool:
        """The invoice may have another one now."""
        if self.status != FiscalStatus.CANCEL_REQUESTED:
            return False
        self.status, self.ended_at, self.is_current = FiscalStatus.CANCELLED, at, False
        self.save(update_fields=["status", "ended_at", "is_current"])
        return True

    def give_way(self) -> None:
        """Another is to take its place; until that one is authorized this one stands."""
        self.is_current = False
        self.save(update_fields=["is_current"])

    def be_substituted(self, *, at: datetime) -> bool:
        if self.status != FiscalStatus.AUTHORIZED:
            return False
        self.status, self.ended_at = FiscalStatus.SUBSTITUTED, at
        self.save(update_fields=["status", "ended_at"])
        return True

    def card(self) -> DocumentCard:
        return DocumentCard(
            id=self.id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            status=FiscalStatus(self.status),
            series=self.series,
            number=self.number,
            dps_id=self.dps_id,
            environment=Environment(self.environment),
            amount=Money(self.amount_cents, self.currency),
            access_key=self.access_key,
            note_number=self.note_number,
            code=self.code,
            reason=self.reason,
            cancel_reason=self.cancel_reason,
            queued_at=self.queued_at,
            sent_at=self.sent_at,
            authorized_at=self.authorized_at,
            ended_at=self.ended_at,
            replaces_id=self.replaces_id,
            has_sent_xml=bool(self.sent_xml),
            has_note_xml=bool(self.note_xml),
        )


class FiscalTask(OperatedModel):
    """A credit note of an invoice that has a document: a person decides what becomes of that."""

    inventory: ClassVar = Inventory(plain="resolution")

    document = TenantForeignKey(FiscalDocument, models.PROTECT)
    credit_note = TenantForeignKey("billing.CreditNote", models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=12, blank=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "credit_note"], name="one_task_per_credit_note"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "id"], condition=Q(closed_at=None), name="fiscal_tasks_open"
            ),
        ]

    def __str__(self) -> str:
        return f"task of {self.document_id}"

    def close(self, resolution: str, *, at: datetime) -> bool:
        if self.closed_at is not None:
            return False
        self.closed_at, self.resolution = at, resolution
        self.save(update_fields=["closed_at", "resolution"])
        return True

    def card(self) -> TaskCard:
        note = self.credit_note
        return TaskCard(
            self.id,
            self.document_id,
            self.document.invoice_id,
            Money(note.total_cents, note.currency),
            self.opened_at,
            self.closed_at,
            self.resolution,
        )
