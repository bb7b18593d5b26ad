"""Invoices that are collected by a kept card, and each time it was charged."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.collecting.models.card import Card
from alicerce.apps.collecting.types import (
    UNDER_WAY,
    AttemptStatus,
    AttemptView,
    Decline,
    Trigger,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class CollectionQuerySet(TenantQuerySet["Collection"]):
    def due(self, at: datetime) -> "CollectionQuerySet":
        return self.filter(next_at__lte=at).order_by("next_at", "id")


class Collection(OperatedModel):
    """An invoice of a customer with a kept card, until it is paid or taken back."""

    inventory: ClassVar = Inventory(
        _("Faturas cobradas por cartão"), of={"customer": "customer_id"}
    )

    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CollectionQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "invoice"], name="one_collection_per_invoice"),
            CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(next_at__isnull=True),
                name="ended_collection_waits_for_nothing",
            ),
        ]
        indexes: ClassVar = [
            # lint: allow tenant-unique because the clock asks whose turn it is; it is not unique
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
                name="collections_due",
            ),
            models.Index(fields=["tenant", "customer", "-id"], name="collections_of_customer"),
        ]

    def __str__(self) -> str:
        return f"collection of {self.invoice_id}"

    def expect(self, next_at: datetime | None) -> None:
        """Wait for the next attempt; without one it is up to the customer."""
        self.next_at = next_at
        self.save(update_fields=["next_at"])

    def finish(self, *, at: datetime) -> bool:
        """There is nothing left to collect. False when there was not."""
        if self.ended_at:
            return False
        self.ended_at, self.next_at = at, None
        self.save(update_fields=["ended_at", "next_at"])
        return True


class AttemptQuerySet(TenantQuerySet["Attempt"]):
    def under_way(self) -> "AttemptQuerySet":
        return self.filter(status__in=UNDER_WAY)

    def failed(self) -> "AttemptQuerySet":
        return self.filter(status=AttemptStatus.FAILED)


class Attempt(OperatedModel):
    """A time that a card is charged for an invoice. At most one is under way at a time."""

    inventory: ClassVar = Inventory(
        _("Cobranças no cartão guardado"),
        of={"invoice": "invoice_id"},
        plain="reason",
    )

    collection = TenantForeignKey(Collection, models.PROTECT)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    card = TenantForeignKey(Card, models.PROTECT)
    charge = TenantForeignKey("billing.Charge", models.PROTECT, null=True)
    trigger = models.CharField(max_length=13, choices=[(t.value, t.value) for t in Trigger])
    status = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in AttemptStatus],
        default=AttemptStatus.BEGUN,
    )
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    decline = models.CharField(
        max_length=5, blank=True, choices=[(d.value, d.value) for d in Decline]
    )

    objects: ClassVar[Any] = AttemptQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice"],
                condition=Q(status__in=["begun", "charging"]),
                name="one_attempt_under_way",
            ),
            UniqueConstraint(
                fields=["tenant", "charge"],
                condition=Q(charge__isnull=False),
                name="one_attempt_per_charge",
            ),
            CheckConstraint(
                condition=Q(status__in=["begun", "charging"], ended_at__isnull=True)
                | Q(status__in=["succeeded", "failed", "dropped"], ended_at__isnull=False),
                name="attempt_ended_with_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "invoice", "id"], name="attempts_of_invoice"),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} of {self.invoice_id}"

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    def charge_by(self, charge_id: UUID) -> None:
        """Billing has a charge for it now."""
        self.status, self.charge_id = AttemptStatus.CHARGING, charge_id
        self.save(update_fields=["status", "charge_id"])

    def succeed(self, *, at: datetime) -> None:
        """The money came, also after somebody had given the attempt up."""
        if self.status != AttemptStatus.SUCCEEDED:
            self.status, self.ended_at, self.reason, self.decline = (
                AttemptStatus.SUCCEEDED,
                at,
                "",
                "",
            )
            self.save(update_fields=["status", "ended_at", "reason", "decline"])

    def end(
        self,
        status: AttemptStatus,
        *,
        at: datetime,
        reason: str = "",
        decline: Decline | None = None,
    ) -> bool:
        """Be over. False when it was."""
        if not self.is_under_way:
            return False
        self.status, self.ended_at = status, at
        self.reason, self.decline = reason[:60], decline or ""
        self.save(update_fields=["status", "ended_at", "reason", "decline"])
        return True

    def view(self) -> AttemptView:
        return AttemptView(
            id=self.id,
            invoice_id=self.invoice_id,
            card_id=self.card_id,
            card=str(self.card),
            trigger=Trigger(self.trigger),
            status=AttemptStatus(self.status),
            begun_at=self.begun_at,
            ended_at=self.ended_at,
            reason=self.reason,
            decline=Decline(self.decline) if self.decline else None,
        )
