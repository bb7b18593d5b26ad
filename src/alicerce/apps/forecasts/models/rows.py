"""What a forecast tells: invoices that nobody got, what would happen, and their sums by month."""

import json
from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Index, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.forecasts.models.forecast import Forecast
from alicerce.apps.forecasts.types import Happening, HappeningKind, Measure, Side, ToldInvoice
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

SIDES = [(s.value, s.value) for s in Side]
INVOICE = (
    "id", "forecast_id", "customer_id", "side", "ref", "issued_on", "due_on", "paid_on",
    "currency", "total_cents", "tax_cents", "withheld_cents", "lines", "invoice_id",
)  # fmt: skip
HAPPENING = (
    "id", "forecast_id", "customer_id", "side", "at", "on", "kind", "what", "step", "ref",
    "subscription_id", "cents", "currency",
)  # fmt: skip


class ForecastInvoice(TenantModel):
    """An invoice as it would be. `invoice_id` is the real one's, of those that were open already."""

    inventory: ClassVar = Inventory(
        _("Faturas previstas"),
        of={"customer": "customer_id"},
        erase="lines",
        plain="currency ref",
        deletes=True,
    )

    forecast = TenantForeignKey(Forecast, models.CASCADE)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    side = models.CharField(max_length=7, choices=SIDES)
    ref = models.CharField(max_length=24)
    issued_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField()
    withheld_cents = models.BigIntegerField()
    lines = models.JSONField(default=list)
    invoice_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "forecast", "customer", "ref", "side"],
                name="one_forecast_invoice",
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "forecast", "issued_on", "id"], name="forecast_invoices"),
            Index(fields=["tenant", "forecast", "id"], name="forecast_invoices_told"),
            Index(fields=["tenant", "forecast", "customer", "id"], name="forecast_invoices_of"),
        ]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def write(cls, forecast: Forecast, told: Iterable[tuple[UUID, Side, ToldInvoice]]) -> int:
        rows = [
            (
                uuid7(), forecast.id, customer_id, side.value, one.ref, one.issued_on,
                one.due_on, one.paid_on, one.currency, one.total_cents, one.tax_cents,
                one.withheld_cents, json.dumps(one.lines), one.invoice_id,
            )
            for customer_id, side, one in told
        ]  # fmt: skip
        return insert_rows(cls, INVOICE, rows)


class ForecastHappening(TenantModel):
    """A letter, a charge, a payment, a suspension: what would happen, and when."""

    inventory: ClassVar = Inventory(
        _("Acontecimentos previstos"),
        of={"customer": "customer_id"},
        plain="what step ref currency",
        deletes=True,
    )

    forecast = TenantForeignKey(Forecast, models.CASCADE)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    side = models.CharField(max_length=7, choices=SIDES)
    at = models.DateTimeField()
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in HappeningKind])
    what = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=40, blank=True)
    ref = models.CharField(max_length=24, blank=True)
    subscription_id = models.UUIDField(null=True)
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            Index(fields=["tenant", "forecast", "on", "id"], name="forecast_happenings"),
            Index(
                fields=["tenant", "forecast", "customer", "on", "id"],
                name="forecast_happenings_of",
            ),
            Index(fields=["tenant", "forecast", "id"], name="forecast_happenings_told"),
            Index(
                fields=["tenant", "forecast", "customer", "id"],
                name="forecast_told_of_customer",
            ),
            Index(fields=["tenant", "forecast", "kind", "id"], name="forecast_told_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @classmethod
    def write(cls, forecast: Forecast, told: Iterable[tuple[UUID, Side, Happening]]) -> int:
        rows = [
            (
                uuid7(), forecast.id, customer_id, side.value, one.at, one.on, one.kind.value,
                one.what, one.step, one.ref, one.subscription_id, one.cents, one.currency,
            )
            for customer_id, side, one in told
        ]  # fmt: skip
        return insert_rows(cls, HAPPENING, rows)


class ForecastSum(TenantModel):
    """What the rows of one month come to, counted once they are all there."""

    inventory: ClassVar = Inventory(plain="currency")

    forecast = TenantForeignKey(Forecast, models.CASCADE)
    side = models.CharField(max_length=7, choices=SIDES)
    month = models.DateField()
    measure = models.CharField(max_length=11, choices=[(m.value, m.value) for m in Measure])
    currency = models.CharField(max_length=3, blank=True)
    count = models.PositiveIntegerField()
    cents = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "forecast", "side", "month", "measure", "currency"],
                name="one_forecast_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.month}"
