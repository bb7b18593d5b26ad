"""The parts of a subscription."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Max, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.models.renewing import FIRST
from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types import ItemKind, NewItem
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import CONTRACT, Inventory


class ItemQuerySet(TenantQuerySet["Item"]):
    def in_force(self) -> "ItemQuerySet":
        return self.filter(version=F("subscription__version"))


class Item(TenantModel):
    """A part of a subscription, at the price it was sold for.

    What another plan brings is written beside it, as the next version: the subscription says which one
    is in force.
    """

    inventory: ClassVar = Inventory(
        _("Itens de assinaturas"),
        of={"subscription": "subscription_id"},
        keep={CONTRACT: "description"},
    )

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    version = models.PositiveSmallIntegerField(db_default=FIRST, default=FIRST)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in ItemKind])
    description = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField()
    unit_cents = models.PositiveBigIntegerField()
    option_id = models.UUIDField(null=True)
    choice_id = models.UUIDField(null=True)

    objects: ClassVar[Any] = ItemQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription", "version", "position"],
                name="subscription_item_position",
            ),
            CheckConstraint(
                condition=Q(quantity__gte=1), name="subscription_item_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @classmethod
    def write(
        cls, subscription: Subscription, items: Sequence[NewItem], *, version: int = FIRST
    ) -> None:
        cls.objects.bulk_create(
            cls(
                subscription=subscription,
                version=version,
                position=position,
                kind=item.kind,
                description=item.description,
                quantity=item.quantity,
                unit_cents=item.unit_cents,
                option_id=item.option_id,
                choice_id=item.choice_id,
            )
            for position, item in enumerate(items, start=1)
        )

    @classmethod
    def write_next(cls, subscription: Subscription, items: Sequence[NewItem]) -> int:
        """What may come into force later; its version. Whoever asks holds the subscription."""
        last = cls.objects.filter(subscription_id=subscription.id).aggregate(Max("version"))
        version = int(last["version__max"] or 0) + 1
        cls.write(subscription, items, version=version)
        return version

    def sold(self) -> NewItem:
        return NewItem(
            ItemKind(self.kind),
            self.description,
            self.quantity,
            self.unit_cents,
            self.option_id,
            self.choice_id,
        )
