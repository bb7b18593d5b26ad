"""What is sold, and for how much."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class Product(TenantModel):
    """A family of plans, delivered by whoever knows its kind."""

    inventory: ClassVar = Inventory(plain="kind name")

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Plan(TenantModel):
    """One thing a visitor can choose. Its spec is what the deliverer needs to know."""

    inventory: ClassVar = Inventory(plain="slug name summary features spec")

    product = TenantForeignKey(Product, models.PROTECT)
    slug = models.SlugField(db_index=False)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=160, blank=True)
    features = models.JSONField(default=list)
    spec = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_visible = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "slug"], name="plan_slug_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name


class PriceQuerySet(TenantQuerySet["Price"]):
    def for_sale(self) -> "PriceQuerySet":
        return self.filter(is_active=True, plan__is_visible=True).select_related(
            "plan__product"
        )


class Price(TenantModel):
    """What a plan costs for one cycle. Prices are retired, never rewritten: orders point at them."""

    inventory: ClassVar = Inventory(plain="currency")

    plan = TenantForeignKey(Plan, models.PROTECT)
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    currency = models.CharField(max_length=3, default="BRL")
    amount_cents = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Any] = PriceQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "plan", "cycle", "currency"],
                condition=Q(is_active=True),
                name="one_active_price_per_cycle",
            ),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_iso"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.cycle}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)
