"""Invoices that a bank debits by itself."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.collecting.models.mandate import Mandate
from alicerce.apps.collecting.types import DEBITED, DebitStatus, DebitView
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class DebitQuerySet(TenantQuerySet["Debit"]):
    def due(self, at: datetime) -> "DebitQuerySet":
        return self.filter(next_at__lte=at).order_by("next_at", "id")

    def under_way(self) -> "DebitQuerySet":
        return self.filter(status__in=DEBITED)


class Debit(OperatedModel):
    """An invoice that is debited by an authorisation: once, on its day, and again by the rules."""

    inventory: ClassVar = Inventory(
        _("Débitos por Pix Automático"), of={"customer": "customer_id"}, plain="reason"
    )

    mandate = TenantForeignKey(Mandate, models.PROTECT)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    charge = TenantForeignKey("billing.Charge", models.PROTECT, null=True)
    status = models.CharField(max_length=9, choices=[(s.value, s.value) for s in DebitStatus])
    debit_on = models.DateField()
    cycle_on = models.DateField()
    try_on = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    unanswered_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DebitQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice"],
                condition=~Q(status="dropped"),
                name="one_debit_per_invoice",
            ),
            UniqueConstraint(
                fields=["tenant", "mandate", "cycle_on"],
                condition=Q(status__in=["planned", "scheduled", "paid"])
                | Q(status="failed", charge__isnull=False),
                name="one_debit_per_cycle",
            ),
            UniqueConstraint(
                fields=["tenant", "charge"],
                condition=Q(charge__isnull=False),
                name="one_debit_per_charge",
            ),
            CheckConstraint(
                condition=Q(status__in=["planned", "scheduled"], ended_at__isnull=True)
                | Q(status__in=["paid", "failed", "dropped"], ended_at__isnull=False),
                name="debit_ended_with_its_time",
            ),
        ]
        indexes: ClassVar = [
            # lint: allow tenant-unique because the clock asks whose turn it is; it is not unique
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="debits_due"
            ),
            models.Index(fields=["tenant", "customer", "-id"], name="debits_of_customer"),
            models.Index(fields=["tenant", "mandate"], name="debits_of_mandate"),
        ]

    def __str__(self) -> str:
        return f"debit of {self.invoice_id}"

    @property
    def is_under_way(self) -> bool:
        return self.status in DEBITED

    def schedule(self, charge_id: UUID, *, next_at: datetime) -> None:
        """Billing has a charge for it: its PSP is asked."""
        self.status, self.charge_id, self.next_at = DebitStatus.SCHEDULED, charge_id, next_at
        self.tries = 1
        self.save(update_fields=["status", "charge_id", "next_at", "tries"])

    def expect(self, next_at: datetime) -> None:
        self.next_at = next_at
        self.save(update_fields=["next_at"])

    def go_unanswered(self, *, at: datetime) -> bool:
        """Nobody knows whether it was paid, and no rule says when one will. False when that was known."""
        if self.unanswered_at or self.status != DebitStatus.SCHEDULED:
            return False
        self.unanswered_at = at
        self.save(update_fields=["unanswered_at"])
        return True

    def answer(self) -> bool:
        """It is known after all. False when nobody wondered."""
        if self.unanswered_at is None:
            return False
        self.unanswered_at = None
        self.save(update_fields=["unanswered_at"])
        return True

    def try_again(self, on: date, *, reason: str, next_at: datetime) -> None:
        """Its PSP is about to be asked for another day: that is on record before it is."""
        self.try_on, self.reason, self.next_at = on, reason[:60], next_at
        self.tries += 1
        self.save(update_fields=["try_on", "reason", "next_at", "tries"])

    def end(self, status: DebitStatus, *, at: datetime, reason: str = "") -> bool:
        """Money that came after it was given up was paid all the same. False when nothing changed."""
        if not self.is_under_way and (status != DebitStatus.PAID or self.status == status):
            return False
        self.status, self.ended_at, self.next_at = status, at, None
        self.reason = reason[:60]
        self.save(update_fields=["status", "ended_at", "next_at", "reason"])
        return True

    def view(self) -> DebitView:
        return DebitView(
            id=self.id,
            invoice_id=self.invoice_id,
            mandate_id=self.mandate_id,
            status=DebitStatus(self.status),
            on=self.try_on,
            tries=self.tries,
            reason=self.reason,
            begun_at=self.begun_at,
            ended_at=self.ended_at,
            unanswered_at=self.unanswered_at,
        )
