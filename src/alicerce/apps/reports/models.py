"""What reports need to be told: what a plan costs us."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class PlanCostQuerySet(TenantQuerySet["PlanCost"]):
    def known(self, *, currency: str) -> dict[UUID, int]:
        return dict(self.filter(currency=currency).values_list("plan_id", "monthly_cents"))


class PlanCost(TenantModel):
    """What one service of a plan costs each month: its share of a server, licenses, whatever is paid for it."""

    inventory: ClassVar = Inventory(plain="currency")

    plan = TenantForeignKey("catalog.Plan", models.PROTECT)
    monthly_cents = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)

    objects: ClassVar[Any] = PlanCostQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "plan", "currency"], name="one_cost_per_plan"),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="plan_cost_currency_iso"
            ),
        ]

    def __str__(self) -> str:
        return str(self.amount)

    @property
    def amount(self) -> Money:
        return Money(self.monthly_cents, self.currency)

    def become(self, cents: int) -> None:
        self.monthly_cents = cents
        self.save(update_fields=["monthly_cents"])
