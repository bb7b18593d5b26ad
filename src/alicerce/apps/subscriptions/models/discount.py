"""What a coupon promised of each cycle."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types import NewDiscount
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.personal import Inventory


class Discount(TenantModel):
    """What is taken off each renewal, for so many more; without a number, for ever."""

    inventory: ClassVar = Inventory(plain="description")

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    description = models.CharField(max_length=80)
    percent_bp = models.PositiveSmallIntegerField(null=True)
    amount_cents = models.PositiveBigIntegerField(null=True)
    cycles_left = models.PositiveIntegerField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription"], name="one_discount_per_subscription"
            ),
            CheckConstraint(
                condition=Q(percent_bp__isnull=True) ^ Q(amount_cents__isnull=True),
                name="subscription_discount_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @classmethod
    def promise(cls, subscription: Subscription, new: NewDiscount) -> None:
        cls.objects.create(
            subscription=subscription,
            description=new.description,
            percent_bp=new.percent_bp,
            amount_cents=new.amount_cents,
            cycles_left=new.cycles_left,
        )

    def promised(self) -> NewDiscount:
        return NewDiscount(
            self.description, self.percent_bp, self.amount_cents, self.cycles_left
        )
