"""The parts of a subscription."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types import ItemKind, NewItem
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.personal import CONTRACT, Inventory


class Item(TenantModel):
    """A part of a subscription, at the price it was sold for."""

    inventory: ClassVar = Inventory(
        _("Itens de assinaturas"),
        of={"subscription": "subscription_id"},
        keep={CONTRACT: "description"},
    )

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in ItemKind])
    description = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField()
    unit_cents = models.PositiveBigIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription", "position"], name="subscription_item_position"
            ),
            CheckConstraint(
                condition=Q(quantity__gte=1), name="subscription_item_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @classmethod
    def write(cls, subscription: Subscription, items: Sequence[NewItem]) -> None:
        cls.objects.bulk_create(
            cls(
                subscription=subscription,
                position=position,
                kind=item.kind,
                description=item.description,
                quantity=item.quantity,
                unit_cents=item.unit_cents,
            )
            for position, item in enumerate(items, start=1)
        )
