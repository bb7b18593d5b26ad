"""How what subscriptions bring each month has changed: written once, and summed for any day."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types.revenue import MovementKind
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class MovementQuerySet(TenantQuerySet["Movement"]):
    def until(self, day: date) -> "MovementQuerySet":
        """Those that make up what was brought at the end of that day."""
        return self.filter(on__lte=day)

    def between(self, first: date, last: date) -> "MovementQuerySet":
        return self.filter(on__gte=first, on__lte=last)


class Movement(AppendOnlyModel):
    """A subscription brings so much more or less each month from this day on."""

    inventory: ClassVar = Inventory(
        _("Receita recorrente"), of={"customer": "customer_id"}, plain="currency"
    )

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    number = models.PositiveIntegerField()
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MovementKind])
    delta_cents = models.BigIntegerField()
    after_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    objects: ClassVar[Any] = MovementQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription", "number"], name="movements_in_order"
            ),
            CheckConstraint(
                condition=~Q(delta_cents=0) & Q(after_cents__gte=0),
                name="movement_changes_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "on", "id"], name="movements_by_day"),
            models.Index(fields=["tenant", "customer"], name="movements_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.delta_cents} {self.currency}"
