"""One thing that was ordered, and how far its delivery is."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Index, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import ItemKind
from alicerce.apps.orders.models.order import Order
from alicerce.apps.orders.rules import read_discount, read_item
from alicerce.apps.orders.types import LineCard, LineDiscount, LineItem, LineStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import CONTRACT, Inventory

TO_DELIVER = Q(status__in=["waiting", "delivering", "failed"])


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
    goes_along = models.BooleanField(default=False, db_default=False)
    """An add-on that was bought together with the plan of the order's first line."""
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
            goes_along=self.goes_along,
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
