"""Products, plans, and what plans cost."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Now

from alicerce.apps.catalog.rules import MOST_TRIAL_DAYS
from alicerce.apps.catalog.types import Cycle, NewPrice, PlanForm, PlanStatus
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

WRITTEN = (
    "name", "summary", "features", "spec", "limits", "position", "is_visible", "stock",
    "goes_with", "max_quantity",
)  # fmt: skip


class Product(TenantModel):
    """A family of plans, delivered by whoever knows its kind."""

    inventory: ClassVar = Inventory(plain="kind name")

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "kind", "name"], name="one_product_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def named(cls, *, kind: str, name: str) -> "Product":
        """The family of this kind and name; a new one when there is none."""
        product = cls(kind=kind, name=name)
        if cls.objects.add_once(product):
            return product
        known: Product = cls.objects.get(kind=kind, name=name)
        return known


class PlanQuerySet(TenantQuerySet["Plan"]):
    def in_order(self) -> "PlanQuerySet":
        return self.order_by("product__position", "product_id", "position", "id")

    def of_status(self, status: PlanStatus | None) -> "PlanQuerySet":
        if status is None:
            return self
        if status == PlanStatus.RETIRED:
            return self.filter(retired_at__isnull=False)
        visible = status == PlanStatus.FOR_SALE
        return self.filter(retired_at__isnull=True, is_visible=visible)

    def take_units(self, plan_id: UUID, units: int) -> bool | None:
        """Take them if so many are left; None when they are not counted. The database counts, not we."""
        rows = self.filter(pk=plan_id)
        if rows.filter(stock__gte=units).update(stock=F("stock") - units):
            return True
        return None if rows.filter(stock__isnull=True).exists() else False

    def give_units_back(self, plan_id: UUID, units: int) -> None:
        """Where units are still counted."""
        self.filter(pk=plan_id, stock__isnull=False).update(stock=F("stock") + units)


class Plan(TenantModel):
    """One thing a visitor can choose. Its spec is what the deliverer needs to know."""

    inventory: ClassVar = Inventory(plain="slug name summary features spec limits goes_with")

    product = TenantForeignKey(Product, models.PROTECT)
    slug = models.SlugField(db_index=False)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=160, blank=True)
    features = models.JSONField(default=list)
    spec = models.JSONField(default=dict)
    limits = models.JSONField(default=dict, db_default={})
    goes_with = models.JSONField(default=list, db_default=[])
    """Of an add-on: the plans that it is sold onto; none named is all of them."""
    max_quantity = models.PositiveSmallIntegerField(default=1, db_default=1)
    """Of an add-on: how many of it a subscription may have."""
    position = models.PositiveSmallIntegerField(default=0)
    is_visible = models.BooleanField(default=True)
    stock = models.PositiveIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "slug"], name="plan_slug_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> PlanStatus:
        if self.retired_at:
            return PlanStatus.RETIRED
        return PlanStatus.FOR_SALE if self.is_visible else PlanStatus.HIDDEN

    def adopt(self, form: PlanForm, product: Product) -> list[str]:
        """Say what the form says; the names of what differs."""
        wanted = {
            "features": list(form.features),
            "spec": dict(form.spec),
            "limits": dict(form.limits),
            "goes_with": list(form.goes_with),
            **{
                name: getattr(form, name)
                for name in WRITTEN
                if name not in {"features", "spec", "limits", "goes_with"}
            },
        }
        changed = [name for name in WRITTEN if getattr(self, name) != wanted[name]]
        if self.product_id != product.pk:
            changed.append("product")
        for name, value in wanted.items():
            setattr(self, name, value)
        self.product = product
        return changed

    def retire(self, *, at: datetime) -> bool:
        """Leave the shop for good. False when it already did."""
        if self.retired_at:
            return False
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        return True

    def written(self) -> PlanForm:
        return PlanForm(
            product_kind=self.product.kind,
            product_name=self.product.name,
            name=self.name,
            summary=self.summary,
            features=tuple(self.features),
            spec=dict(self.spec),
            limits=dict(self.limits),
            position=self.position,
            is_visible=self.is_visible,
            stock=self.stock,
            goes_with=tuple(self.goes_with),
            max_quantity=self.max_quantity,
        )


class PriceQuerySet(TenantQuerySet["Price"]):
    def for_sale(self) -> "PriceQuerySet":
        return self.filter(
            is_active=True, plan__is_visible=True, plan__retired_at__isnull=True
        ).select_related("plan__product")

    def active_of(self, plan_ids: Collection[UUID]) -> "PriceQuerySet":
        return self.filter(is_active=True, plan_id__in=plan_ids)


class Price(TenantModel):
    """What a plan costs for one cycle. Prices are retired, never rewritten: orders point at them."""

    inventory: ClassVar = Inventory(plain="currency")

    plan = TenantForeignKey(Plan, models.PROTECT)
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    currency = models.CharField(max_length=3, default="BRL")
    amount_cents = models.PositiveIntegerField()
    setup_cents = models.PositiveIntegerField(default=0, db_default=0)
    trial_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    trial_card = models.BooleanField(default=False, db_default=False)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)

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
            CheckConstraint(
                condition=Q(is_active=False) | Q(retired_at__isnull=True),
                name="active_price_not_retired",
            ),
            CheckConstraint(
                condition=Q(trial_days=0)
                | (Q(trial_days__lte=MOST_TRIAL_DAYS, setup_cents=0) & ~Q(cycle="one_off")),
                name="price_trial_of_what_renews",
            ),
            CheckConstraint(
                condition=Q(trial_card=False) | Q(trial_days__gte=1),
                name="price_card_of_a_trial",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.cycle}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def setup(self) -> Money:
        return Money(self.setup_cents, self.currency)

    def says(self, wanted: NewPrice) -> bool:
        asked = (wanted.amount, wanted.setup_cents, wanted.trial_days, wanted.trial_card)
        return (self.amount, self.setup_cents, self.trial_days, self.trial_card) == asked

    def retire(self, *, at: datetime) -> bool:
        """Be sold no more. False when it already was not."""
        if not self.is_active:
            return False
        self.is_active, self.retired_at = False, at
        self.save(update_fields=["is_active", "retired_at"])
        return True
