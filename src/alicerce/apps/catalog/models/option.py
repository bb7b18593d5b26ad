"""What a plan may be bought with: one of several, so many of one, or one thing or not."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from alicerce.apps.catalog.models.plan import Plan
from alicerce.apps.catalog.types import ChoiceForm, Cycle, Limit, OptionForm, OptionKind
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

WRITTEN = ("name", "summary", "position", "minimum", "maximum", "step", "limit")


class OptionQuerySet(TenantQuerySet["Option"]):
    def offered(self) -> "OptionQuerySet":
        return self.filter(retired_at__isnull=True).order_by("position", "id")


class Option(TenantModel):
    """A question to the buyer. What is counted goes from the least in steps up to the most."""

    inventory: ClassVar = Inventory(plain="name summary")

    plan = TenantForeignKey(Plan, models.PROTECT)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in OptionKind])
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    minimum = models.PositiveIntegerField(default=0)
    maximum = models.PositiveIntegerField(default=1)
    step = models.PositiveIntegerField(default=1)
    limit = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.value) for each in Limit]
    )
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = OptionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(minimum__lte=F("maximum"), step__gte=1), name="option_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def adopt(self, form: OptionForm) -> list[str]:
        """Say what the form says; the names of what differs. Its kind stays."""
        changed = [name for name in WRITTEN if getattr(self, name) != getattr(form, name)]
        for name in WRITTEN:
            setattr(self, name, getattr(form, name))
        return changed

    def retire(self, *, at: datetime) -> bool:
        """Be offered no more. False when it already was not."""
        if self.retired_at:
            return False
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        return True


class Choice(TenantModel):
    """One answer to an option, and what each one of it adds to the limit that the option names."""

    inventory: ClassVar = Inventory(plain="name")

    option = TenantForeignKey(Option, models.PROTECT)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    adds = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def adopt(self, form: ChoiceForm, *, position: int) -> list[str]:
        wanted = {"name": form.name, "adds": form.adds, "position": position}
        changed = [name for name, value in wanted.items() if getattr(self, name) != value]
        for name, value in wanted.items():
            setattr(self, name, value)
        return changed


class ChoicePrice(TenantModel):
    """What a choice costs for one cycle, for each one of it. Retired, never rewritten."""

    inventory: ClassVar = Inventory(plain="currency")

    choice = TenantForeignKey(Choice, models.PROTECT)
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    currency = models.CharField(max_length=3, default="BRL")
    amount_cents = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "choice", "cycle", "currency"],
                condition=Q(is_active=True),
                name="one_active_price_per_choice",
            ),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="choice_price_currency_iso"
            ),
            CheckConstraint(
                condition=Q(is_active=True, retired_at__isnull=True)
                | Q(is_active=False, retired_at__isnull=False),
                name="choice_price_active_or_retired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.cycle}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def retire(self, *, at: datetime) -> None:
        self.is_active, self.retired_at = False, at
        self.save(update_fields=["is_active", "retired_at"])
