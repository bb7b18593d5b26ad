"""Payments that are contested, one row per claim."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.disputes.rules.course import comes_after, next_reminder
from alicerce.apps.disputes.types import (
    CLAIMS,
    UNDECIDED,
    DisputeKind,
    DisputeStatus,
    DisputeView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

OPEN = sorted(status.value for status in UNDECIDED)


class DisputeQuerySet(TenantQuerySet["Dispute"]):
    def undecided(self) -> "DisputeQuerySet":
        return self.filter(status__in=UNDECIDED)

    def unattached(self) -> "DisputeQuerySet":
        return self.filter(payment__isnull=True)

    def unread_since(self, before: datetime) -> "DisputeQuerySet":
        """Still open at a provider that can be asked, or of a payment that nobody knows yet."""
        waiting = Q(status__in=UNDECIDED) | Q(payment__isnull=True)
        asked = self.filter(waiting, account__isnull=False, read_at__lt=before)
        return asked.order_by("read_at")

    def due(self, at: datetime) -> "DisputeQuerySet":
        return self.filter(remind_at__lte=at)


class Dispute(OperatedModel):
    """A claim on one payment, known by its provider's own name for it. What is told late changes nothing."""

    inventory: ClassVar = Inventory(
        _("Disputas"),
        of={"customer": "customer_id"},
        names={"provider_object": "external_id"},
        plain="external_id payment_reference reason currency",
    )

    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT, null=True)
    payment = TenantForeignKey("billing.Payment", models.PROTECT, null=True)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT, null=True)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    kind = models.CharField(max_length=4, choices=[(k.value, k.value) for k in DisputeKind])
    external_id = models.CharField(max_length=120)
    payment_reference = models.CharField(max_length=120, blank=True)
    status = models.CharField(
        max_length=14, choices=[(s.value, s.value) for s in DisputeStatus]
    )
    reason = models.CharField(max_length=40, blank=True)
    amount_cents = models.BigIntegerField()
    taken_cents = models.BigIntegerField(default=0)
    returned_cents = models.BigIntegerField(default=0)
    fee_cents = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    submissions = models.PositiveIntegerField(default=0)
    suspends = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    respond_by = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DisputeQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"],
                condition=Q(account__isnull=False),
                name="dispute_once_per_account",
            ),
            UniqueConstraint(
                fields=["tenant", "external_id"],
                condition=Q(account__isnull=True),
                name="dispute_by_hand_once",
            ),
            CheckConstraint(
                condition=Q(kind="card", account__isnull=False)
                | Q(kind="med", account__isnull=True, payment__isnull=False),
                name="dispute_at_a_provider_or_by_hand",
            ),
            CheckConstraint(
                condition=Q(amount_cents__gt=0, taken_cents__gte=0, returned_cents__gte=0),
                name="dispute_amount_positive",
            ),
            CheckConstraint(
                condition=Q(status__in=OPEN, closed_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(closed_at__isnull=False, remind_at__isnull=True)),
                name="dispute_closed_at_iff_decided",
            ),
        ]
        indexes: ClassVar = [
            # lint: allow tenant-unique because the clock asks whose turn it is; it is not unique
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="disputes_to_remind_of",
            ),
            models.Index(
                fields=["tenant", "respond_by", "id"],
                condition=Q(closed_at__isnull=True),
                name="disputes_by_deadline",
            ),
            models.Index(fields=["tenant", "status", "-id"], name="disputes_by_status"),
            models.Index(fields=["tenant", "kind", "-id"], name="disputes_by_kind"),
            models.Index(fields=["tenant", "customer", "-id"], name="disputes_by_customer"),
            models.Index(fields=["tenant", "invoice"], name="disputes_of_invoice"),
            models.Index(
                fields=["tenant", "account", "read_at"],
                condition=Q(closed_at__isnull=True) | Q(payment__isnull=True),
                name="disputes_to_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} {self.status}"

    @property
    def is_claim(self) -> bool:
        return self.status in CLAIMS

    @property
    def amount(self) -> Money:
        return self._money(self.amount_cents)

    def become(self, status: DisputeStatus, *, at: datetime) -> bool:
        """Go on to what was told. False when that is old news."""
        if not comes_after(status, DisputeStatus(self.status)):
            return False
        self.status = status
        if status not in UNDECIDED:
            self.closed_at, self.remind_at = at, None
        self.save(update_fields=["status", "closed_at", "remind_at"])
        return True

    def take_over(self, *, respond_by: datetime | None, submissions: int, at: datetime) -> None:
        """What changes without changing the state: the last day, and how often it was answered."""
        self.read_at = at
        self.submissions = max(self.submissions, submissions)
        if respond_by != self.respond_by:
            self.respond_by = respond_by
            self.expect_reminder(after=at)
        self.save(update_fields=["read_at", "submissions", "respond_by"])

    def count(self, *, taken: int, returned: int, fee: int) -> None:
        """Money that moved. Movements are only added: less than is known is old news."""
        self.taken_cents = max(self.taken_cents, taken)
        self.returned_cents = max(self.returned_cents, returned)
        self.fee_cents = max(self.fee_cents, fee)
        self.save(update_fields=["taken_cents", "returned_cents", "fee_cents"])

    def attach(
        self, *, payment_id: UUID, invoice_id: UUID | None, customer_id: UUID | None
    ) -> None:
        """Know which payment is contested."""
        self.payment_id, self.invoice_id = payment_id, invoice_id
        self.customer_id = customer_id
        self.save(update_fields=["payment", "invoice", "customer"])

    def decide_services(self, *, suspends: bool) -> None:
        """What becomes of services is decided when money is first claimed, and not again."""
        self.suspends = suspends
        self.save(update_fields=["suspends"])

    def expect_reminder(self, *, after: datetime) -> None:
        undecided = self.status in UNDECIDED
        self.remind_at = next_reminder(self.respond_by, after=after) if undecided else None
        self.save(update_fields=["remind_at"])

    def answered(self) -> None:
        """Nobody needs to be reminded any more."""
        self.remind_at = None
        self.save(update_fields=["remind_at"])

    def checked(self, *, at: datetime) -> None:
        self.read_at = at
        self.save(update_fields=["read_at"])

    def lose_after_all(self) -> None:
        """Giving in came too late: it was lost before."""
        if self.status == DisputeStatus.ACCEPTED:
            self.status = DisputeStatus.LOST
            self.save(update_fields=["status"])

    def view(self) -> DisputeView:
        return DisputeView(
            id=self.id,
            kind=DisputeKind(self.kind),
            status=DisputeStatus(self.status),
            reason=self.reason,
            external_id=self.external_id,
            amount=self.amount,
            taken=self._money(self.taken_cents),
            returned=self._money(self.returned_cents),
            fee=self._money(self.fee_cents),
            opened_at=self.opened_at,
            respond_by=self.respond_by,
            read_at=self.read_at,
            closed_at=self.closed_at,
            payment_id=self.payment_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            suspends=self.suspends,
        )

    def _money(self, cents: int) -> Money:
        return Money(cents, self.currency)
