"""What was ordered, and how far its delivery is."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.orders.errors import OrderNotUnpaid
from alicerce.apps.orders.types import CancelCause, Evidence, OrderStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

CANCELED = ("status", "canceled_at", "cancel_cause", "cancel_reason", "wakes_on")


class OrderCounter(TenantModel):
    """The last order number given out by the tenant."""

    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_order_counter"),
        ]

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def next(cls) -> int:
        """The next number; it waits for whoever is taking one right now."""
        cls.objects.bulk_create([cls()], ignore_conflicts=True)
        cls.objects.update(last=F("last") + 1)
        return int(cls.objects.values_list("last", flat=True).get())


class OrderQuerySet(TenantQuerySet["Order"]):
    def unpaid_since(self, before: datetime) -> "OrderQuerySet":
        """Placed earlier than that, begun so where it begins later, and still unpaid."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lt=before.date())
        waiting = self.filter(status=OrderStatus.AWAITING_PAYMENT, placed_at__lt=before)
        return waiting.filter(begun)

    def waking(self, on: date) -> "OrderQuerySet":
        return self.filter(wakes_on__lte=on)

    def newest_first(self) -> "OrderQuerySet":
        return self.order_by("-id")


class Order(OperatedModel):
    """A buyer's decision. Its token opens the order's own page to whoever holds the link."""

    inventory: ClassVar = Inventory(
        _("Pedidos"),
        of={"customer": "customer_id"},
        names={"order": "id"},
        erase="cancel_reason terms_reason price_reason agreed_by agreed_from",
        plain="token currency paid_by placed_by",
        hidden="token",
    )

    number = models.PositiveIntegerField()
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    token = models.CharField(max_length=43)
    status = models.CharField(
        max_length=20,
        choices=[(s.value, s.value) for s in OrderStatus],
        default=OrderStatus.AWAITING_PAYMENT,
    )
    currency = models.CharField(max_length=3)
    total_cents = models.PositiveIntegerField()
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=120, default="", db_default="", blank=True)
    writes = models.BooleanField(default=True, db_default=True)
    terms_version = models.PositiveIntegerField(null=True)
    asks_terms = models.BooleanField(default=False, db_default=False)
    terms_reason = models.CharField(max_length=300, default="", db_default="", blank=True)
    starts_on = models.DateField(null=True)
    """The first day of what was ordered, where it is not the day it is paid."""
    wakes_on = models.DateField(null=True)
    """When the clock has something to do: issue the invoice, or begin what was paid for."""
    agreed_by = models.CharField(max_length=120, default="", db_default="", blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_from = models.CharField(max_length=45, default="", db_default="", blank=True)
    price_reason = models.CharField(max_length=300, default="", db_default="", blank=True)
    trial_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    trial_card = models.BooleanField(default=False, db_default=False)
    trial_agreed = models.BooleanField(default=False, db_default=False)
    completed_at = models.DateTimeField(null=True)
    paid_by = models.CharField(max_length=8, default="", blank=True)
    canceled_at = models.DateTimeField(null=True)
    cancel_cause = models.CharField(
        max_length=16, choices=[(c.value, c.value) for c in CancelCause], default="", blank=True
    )
    cancel_reason = models.CharField(max_length=300, default="", blank=True)

    objects: ClassVar[Any] = OrderQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "number"], name="order_number_per_tenant"),
            UniqueConstraint(fields=["tenant", "token"], name="order_token_per_tenant"),
            CheckConstraint(
                condition=Q(status="canceled", canceled_at__isnull=False)
                | (~Q(status="canceled") & Q(canceled_at__isnull=True)),
                name="order_canceled_at_iff_canceled",
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "status", "-id"], name="orders_by_status"),
            Index(fields=["tenant", "paid_by", "-id"], name="orders_by_payment"),
            Index(fields=["tenant", "customer", "-id"], name="orders_of_customer"),
            Index(fields=["tenant", "placed_at"], name="orders_by_day"),
            Index(
                fields=["tenant", "placed_at"],
                condition=Q(status="awaiting_payment"),
                name="orders_unpaid_since",
            ),
            Index(
                fields=["tenant", "wakes_on"],
                condition=Q(wakes_on__isnull=False),
                name="orders_waking",
            ),
        ]

    def __str__(self) -> str:
        return f"order {self.number}"

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

    @property
    def invoice_on(self) -> date | None:
        """When its invoice is issued, where that is still to come."""
        return self.wakes_on if self.status == OrderStatus.AWAITING_PAYMENT else None

    @property
    def waits_for_its_day(self) -> bool:
        """Paid for, and nothing of it begun."""
        return self.status == OrderStatus.DELIVERING and self.wakes_on is not None

    @property
    def evidence(self) -> Evidence | None:
        """Of an agreement somewhere else; its words are empty once their person was erased."""
        if self.agreed_at is None:
            return None
        return Evidence(self.agreed_by, self.agreed_at, self.agreed_from)

    def agree(self) -> None:
        """Its own buyer said that the trial may begin as soon as there is a card."""
        self.trial_agreed = True
        self.save(update_fields=["trial_agreed"])

    def accept(self, version: int) -> bool:
        """Its customer agreed to the terms. False when nobody waits for it."""
        if not self.asks_terms:
            return False
        self.terms_version, self.asks_terms = version, False
        self.save(update_fields=["terms_version", "asks_terms"])
        return True

    def release(self, *, paid_by: str) -> bool:
        """Start delivering. False when it was already released, or canceled."""
        if self.status != OrderStatus.AWAITING_PAYMENT:
            return False
        self.status, self.paid_by, self.wakes_on = OrderStatus.DELIVERING, paid_by, None
        self.save(update_fields=["status", "paid_by", "wakes_on"])
        return True

    def wake(self, on: date | None) -> None:
        """Be looked at again on that day; with None, by no clock."""
        self.wakes_on = on
        self.save(update_fields=["wakes_on"])

    def cancel(self, cause: CancelCause, *, reason: str, at: datetime) -> bool:
        """End before it begins. False when it already did. Raises OrderNotUnpaid once it was released."""
        if self.status == OrderStatus.CANCELED:
            return False
        if self.status != OrderStatus.AWAITING_PAYMENT and not self.waits_for_its_day:
            raise OrderNotUnpaid
        self.status, self.canceled_at = OrderStatus.CANCELED, at
        self.cancel_cause, self.cancel_reason, self.wakes_on = cause, reason, None
        self.save(update_fields=CANCELED)
        return True

    def complete(self, *, at: datetime) -> bool:
        """Become completed. False when it already was."""
        if self.status == OrderStatus.COMPLETED:
            return False
        self.status, self.completed_at = OrderStatus.COMPLETED, at
        self.save(update_fields=["status", "completed_at"])
        return True
