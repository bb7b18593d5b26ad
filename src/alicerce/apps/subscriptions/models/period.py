"""The periods that were invoiced: the key that makes a renewal happen once."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.personal import Inventory


class BilledPeriod(AppendOnlyModel):
    """Days of a subscription that an invoice asks to be paid. Written once."""

    inventory: ClassVar = Inventory(plain="currency")

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription", "starts_on"], name="period_billed_once"
            ),
            CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="billed_period_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"
