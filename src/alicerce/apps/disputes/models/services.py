"""What becomes of services while their payment is disputed."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from alicerce.apps.disputes.models.dispute import Dispute
from alicerce.apps.disputes.types import ServicePolicy
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class Policy(TenantModel):
    """One row per company that decided anything; who has none keeps services running."""

    inventory: ClassVar = Inventory()

    services = models.CharField(
        max_length=7,
        choices=[(p.value, p.value) for p in ServicePolicy],
        default=ServicePolicy.KEEP,
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_dispute_policy"),
        ]

    def __str__(self) -> str:
        return self.services


class HoldQuerySet(TenantQuerySet["Hold"]):
    def held(self) -> "HoldQuerySet":
        return self.filter(released_at__isnull=True)


class Hold(TenantModel):
    """A subscription that a dispute suspended; released when it is won."""

    inventory: ClassVar = Inventory()

    dispute = TenantForeignKey(Dispute, models.PROTECT)
    subscription_id = models.UUIDField()
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "dispute", "subscription_id"],
                name="one_dispute_hold_per_subscription",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "subscription_id"],
                condition=models.Q(released_at__isnull=True),
                name="dispute_holds_of_subscription",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} held by {self.dispute_id}"

    def release(self, *, at: datetime) -> None:
        self.released_at = at
        self.save(update_fields=["released_at"])
