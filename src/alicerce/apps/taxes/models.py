"""Taxes as dated rows, who does not pay them, and what a plan is to a city hall."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.taxes.types import (
    ExemptionCard,
    Manner,
    PlaceCard,
    PlanCodes,
    TaxCard,
    TaxKind,
    TaxSpec,
    Withholding,
)
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import FISCAL, Inventory


class TaxRateQuerySet(TenantQuerySet["TaxRate"]):
    def in_force(self, on: date) -> "TaxRateQuerySet":
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))


class TaxRate(TenantModel):
    """A tax from a day on. What it says is never rewritten: it gets a last day, and another row follows."""

    inventory: ClassVar = Inventory(
        plain="name country state city_code customer_kind service_code"
    )

    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in TaxKind])
    rate_ppm = models.PositiveIntegerField()
    manner = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Manner])
    withholding = models.CharField(
        max_length=8, choices=[(w.value, w.value) for w in Withholding]
    )
    country = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=2, blank=True)
    city_code = models.CharField(max_length=7, blank=True)
    customer_kind = models.CharField(max_length=8, blank=True)
    service_code = models.CharField(max_length=6, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects: ClassVar[Any] = TaxRateQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(rate_ppm__gt=0, rate_ppm__lt=1_000_000), name="tax_rate_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def end(self, on: date) -> bool:
        """Have a last day. False when it has one already."""
        if self.ends_on is not None:
            return False
        self.ends_on = on
        self.save(update_fields=["ends_on"])
        return True

    def card(self) -> TaxCard:
        spec = TaxSpec(
            name=self.name,
            kind=TaxKind(self.kind),
            rate_ppm=self.rate_ppm,
            manner=Manner(self.manner),
            starts_on=self.starts_on,
            withholding=Withholding(self.withholding),
            country=self.country,
            state=self.state,
            city_code=self.city_code,
            customer_kind=self.customer_kind,
            service_code=self.service_code,
        )
        return TaxCard(self.id, spec, self.ends_on)


class Exemption(TenantModel):
    """A customer who does not pay a kind of tax, or any, for some time."""

    inventory: ClassVar = Inventory(
        _("Isenções de impostos"), of={"customer": "customer_id"}, keep={FISCAL: "reason"}
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    kind = models.CharField(
        max_length=6, choices=[(k.value, k.value) for k in TaxKind], blank=True
    )
    reason = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="exemption_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "customer"], name="exemptions_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'all'} of {self.customer_id}"

    def end(self, on: date) -> None:
        self.ends_on = max(on, self.starts_on)
        self.save(update_fields=["ends_on"])

    def card(self) -> ExemptionCard:
        return ExemptionCard(
            self.id, self.customer_id, self.kind, self.reason, self.starts_on, self.ends_on
        )


class CustomerPlace(TenantModel):
    """Where a customer is, in the code that city halls know. A city alone leads to nobody."""

    inventory: ClassVar = Inventory(
        _("Município para impostos"),
        of={"customer": "customer_id"},
        plain="country state city_code",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    country = models.CharField(max_length=2, default="BR")
    state = models.CharField(max_length=2, blank=True)
    city_code = models.CharField(max_length=7, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer"], name="one_place_per_customer"),
        ]

    def __str__(self) -> str:
        return self.city_code or self.country

    def card(self) -> PlaceCard:
        return PlaceCard(self.country, self.state, self.city_code)


class PlanCode(TenantModel):
    """Which service of the law a plan is. What was invoiced keeps the code that it was invoiced with."""

    inventory: ClassVar = Inventory(plain="service_code nbs cnae city_service_code")

    plan = TenantForeignKey("catalog.Plan", models.PROTECT)
    service_code = models.CharField(max_length=6)
    nbs = models.CharField(max_length=9, blank=True)
    cnae = models.CharField(max_length=7, blank=True)
    city_service_code = models.CharField(max_length=3, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "plan"], name="one_service_per_plan"),
        ]

    def __str__(self) -> str:
        return self.service_code

    def codes(self) -> PlanCodes:
        return PlanCodes(
            self.plan_id, self.service_code, self.nbs, self.cnae, self.city_service_code
        )
