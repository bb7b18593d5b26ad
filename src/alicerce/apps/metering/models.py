"""Meters, what they were told, and the stretches that were asked for."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.types import Aggregation, MeterCard, MeterForm, TierForm
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

STRETCH = (
    "id", "subscription_id", "meter_id", "starts_on", "ends_on", "quantity", "amount_cents",
    "currency", "invoice_id",
)  # fmt: skip


class Meter(TenantModel):
    """Something of a plan that is counted. It is retired, never rewritten: records point at it."""

    inventory: ClassVar = Inventory(plain="key name unit tiers currency")

    plan = TenantForeignKey("catalog.Plan", models.PROTECT)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    aggregation = models.CharField(
        max_length=4, choices=[(a.value, a.value) for a in Aggregation]
    )
    scheme = models.CharField(max_length=9, choices=[(s.value, s.value) for s in Scheme])
    tiers = models.JSONField(default=list)
    currency = models.CharField(max_length=3, default="BRL")
    retired_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "plan", "key", "currency"],
                condition=Q(retired_at__isnull=True),
                name="one_meter_per_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of_form(cls, plan_id: UUID, form: MeterForm, *, currency: str) -> "Meter":
        return cls(
            plan_id=plan_id,
            key=form.key,
            name=form.name,
            unit=form.unit,
            aggregation=form.aggregation,
            scheme=form.scheme,
            tiers=[asdict(tier) for tier in form.tiers],
            currency=currency,
        )

    def form(self) -> MeterForm:
        return MeterForm(
            self.key,
            self.name,
            self.unit,
            Aggregation(self.aggregation),
            Scheme(self.scheme),
            tuple(TierForm(**tier) for tier in self.tiers),
        )

    def card(self) -> MeterCard:
        return MeterCard(self.id, self.plan_id, self.form(), self.currency, self.retired_at)

    def retire(self, *, at: datetime) -> bool:
        """Be told no more. False when it already was not."""
        if self.retired_at:
            return False
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        return True


class MeteredStretch(TenantModel):
    """Days of a subscription whose usage was asked for, or given: the key that makes that happen once."""

    inventory: ClassVar = Inventory(
        _("Uso cobrado"), of={"subscription": "subscription_id"}, plain="currency"
    )

    subscription_id = models.UUIDField()
    meter = TenantForeignKey(Meter, models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    quantity = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT, null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription_id", "meter", "starts_on"],
                name="usage_asked_for_once",
            ),
            CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"), quantity__gte=0, amount_cents__gte=0),
                name="metered_stretch_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} from {self.starts_on}"

    @classmethod
    def write(cls, rows: Iterable[tuple[Any, ...]]) -> dict[tuple[UUID, UUID], UUID]:
        """Many at once; their ids, by subscription and meter. One that stands already fails it all."""
        made = [(uuid7(), *row) for row in rows]
        insert_rows(cls, STRETCH, made)
        return {(row[1], row[2]): row[0] for row in made}


class UsageRecord(TenantModel):
    """So much was used. It belongs to no stretch until it is asked for, and then to one for good."""

    inventory: ClassVar = Inventory(
        _("Registros de uso"), of={"subscription": "subscription_id"}, plain="identifier"
    )

    identifier = models.CharField(max_length=80)
    subscription_id = models.UUIDField()
    meter = TenantForeignKey(Meter, models.PROTECT)
    quantity = models.BigIntegerField()
    happened_at = models.DateTimeField()
    stretch = TenantForeignKey(MeteredStretch, models.PROTECT, null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "identifier"], name="usage_recorded_once"),
            CheckConstraint(condition=Q(quantity__gte=0), name="usage_of_something"),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "subscription_id", "meter", "happened_at"],
                condition=Q(stretch__isnull=True),
                name="usage_not_asked_for",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier
