"""What was ordered, and how far its delivery is."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import ItemKind
from alicerce.apps.orders.errors import OrderNotUnpaid
from alicerce.apps.orders.rules import read_discount, read_item
from alicerce.apps.orders.types import (
    CancelCause,
    LineCard,
    LineDiscount,
    LineItem,
    LineStatus,
    OrderStatus,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import CONTRACT, Inventory

TO_DELIVER = Q(status__in=["waiting", "delivering", "failed"])


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
        """Placed earlier than that, and still unpaid."""
        return self.filter(status=OrderStatus.AWAITING_PAYMENT, placed_at__lt=before)

    def newest_first(self) -> "OrderQuerySet":
        return self.order_by("-id")


class Order(OperatedModel):
    """A buyer's decision. Its token opens the order's own page to whoever holds the link."""

    inventory: ClassVar = Inventory(
        _("Pedidos"),
        of={"customer": "customer_id"},
        names={"order": "id"},
        erase="cancel_reason terms_reason price_reason",
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
        ]

    def __str__(self) -> str:
        return f"order {self.number}"

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

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
        self.status, self.paid_by = OrderStatus.DELIVERING, paid_by
        self.save(update_fields=["status", "paid_by"])
        return True

    def cancel(self, cause: CancelCause, *, reason: str, at: datetime) -> bool:
        """End unpaid. False when it already did. Raises OrderNotUnpaid once it was released."""
        if self.status == OrderStatus.CANCELED:
            return False
        if self.status != OrderStatus.AWAITING_PAYMENT:
            raise OrderNotUnpaid
        self.status, self.canceled_at = OrderStatus.CANCELED, at
        self.cancel_cause, self.cancel_reason = cause, reason
        self.save(update_fields=["status", "canceled_at", "cancel_cause", "cancel_reason"])
        return True

    def complete(self, *, at: datetime) -> bool:
        """Become completed. False when it already was."""
        if self.status == OrderStatus.COMPLETED:
            return False
        self.status, self.completed_at = OrderStatus.COMPLETED, at
        self.save(update_fields=["status", "completed_at"])
        return True


class LineQuerySet(TenantQuerySet["Line"]):
    def to_deliver(self, kind: str) -> "LineQuerySet":
        """Ordered, paid or not, and neither delivered nor canceled."""
        return self.filter(TO_DELIVER, kind=kind)

    def for_domain(self, start: str) -> "LineQuerySet":
        """Those whose domain begins so."""
        domain = Collate(KeyTextTransform("domain", "spec"), "C")
        return self.alias(domain=domain).filter(domain__startswith=start)


class Line(OperatedModel):
    """One thing to deliver. Its spec is for the app that knows its kind."""

    inventory: ClassVar = Inventory(
        _("Itens de pedidos"),
        of={"order": "order_id"},
        names={"line": "id"},
        erase="failure",
        keep={CONTRACT: "description spec"},
        plain="kind cycle items discount",
    )

    order = TenantForeignKey(Order, models.PROTECT)
    price = TenantForeignKey("catalog.Price", models.PROTECT)
    kind = models.CharField(max_length=40)
    description = models.CharField(max_length=160)
    cycle = models.CharField(max_length=12)
    spec = models.JSONField(default=dict)
    items = models.JSONField(default=list, db_default=[])
    discount = models.JSONField(default=dict, db_default={})
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in LineStatus],
        default=LineStatus.WAITING,
    )
    failure = models.CharField(max_length=300, blank=True)
    fulfilled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = LineQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        indexes: ClassVar = [
            Index(
                F("tenant"),
                Collate(KeyTextTransform("domain", "spec"), "C"),
                name="lines_by_domain",
            ),
            Index(fields=["tenant", "kind"], condition=TO_DELIVER, name="lines_to_deliver"),
        ]

    def __str__(self) -> str:
        return self.description

    def deliver(self) -> bool:
        """Be handed to the deliverer. False when it already was."""
        if self.status != LineStatus.WAITING:
            return False
        self._become(LineStatus.DELIVERING)
        return True

    def fulfil(self, *, at: datetime) -> bool:
        """Become fulfilled. False when it already was."""
        if self.status == LineStatus.FULFILLED:
            return False
        self.fulfilled_at, self.failure = at, ""
        self._become(LineStatus.FULFILLED)
        return True

    def fail(self, reason: str) -> bool:
        """Become failed; delivering it may be tried again. False when nothing changes."""
        if self.status in {LineStatus.FULFILLED, LineStatus.FAILED}:
            return False
        self.failure = reason[:300]
        self._become(LineStatus.FAILED)
        return True

    def retry(self) -> bool:
        """Be delivered again after a failure. False when it had not failed."""
        if self.status != LineStatus.FAILED:
            return False
        self._become(LineStatus.DELIVERING)
        return True

    def cancel(self) -> bool:
        """Never be delivered. False when it was handed to somebody already."""
        if self.status != LineStatus.WAITING:
            return False
        self._become(LineStatus.CANCELED)
        return True

    def card(self, *, customer_id: UUID, currency: str, trial_days: int = 0) -> LineCard:
        return LineCard(
            id=self.id,
            order_id=self.order_id,
            customer_id=customer_id,
            kind=self.kind,
            spec=dict(self.spec),
            status=LineStatus(self.status),
            description=self.description,
            price_id=self.price_id,
            cycle=self.cycle,
            amount=Money(self.amount_cents, currency),
            items=self.sold(),
            discount=self.taken_off(),
            trial_days=trial_days,
        )

    def sold(self) -> tuple[LineItem, ...]:
        """Part by part. What was sold before parts were kept is one plan at its price."""
        if not self.items:
            return (
                LineItem(ItemKind.PLAN, self.price_id, self.description, 1, self.amount_cents),
            )
        return tuple(read_item(said) for said in self.items)

    def taken_off(self) -> LineDiscount | None:
        return read_discount(self.discount) if self.discount else None

    def _become(self, status: LineStatus) -> None:
        self.status = status
        self.save(update_fields=["status", "failure", "fulfilled_at"])
