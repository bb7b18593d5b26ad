"""The least that is valid, for tests."""

from datetime import UTC, datetime
from uuid import UUID

from alicerce.apps.forecasts.models import ForecastInvoice
from alicerce.apps.forecasts.services.run import ask_forecast, finish, take_chunk
from alicerce.apps.forecasts.types import Assumption, NewForecast, Side, WhatIf

NOON = datetime(2026, 9, 1, 15, tzinfo=UTC)
NOTHING = WhatIf()


def a_forecast(
    *,
    months: int = 2,
    assumption: Assumption = Assumption.DUE,
    what_if: WhatIf = NOTHING,
    at: datetime = NOON,
) -> UUID:
    """One that reached its last day."""
    wanted = NewForecast(months, assumption, what_if)
    forecast_id = ask_forecast(wanted=wanted, at=at)
    step = 0
    while take_chunk(forecast_id=forecast_id, step=step):
        step += 1
    finish(forecast_id=forecast_id, at=at)
    return forecast_id


def a_told_invoice(customer_id: UUID, *, words: str) -> ForecastInvoice:
    """One that says so on its only line."""
    line = [words, 1, 2990, "plan", None, None, None]
    return ForecastInvoice.objects.create(
        forecast_id=a_forecast(),
        customer_id=customer_id,
        side=Side.BOTH,
        ref="told",
        issued_on=NOON.date(),
        due_on=NOON.date(),
        currency="BRL",
        total_cents=2990,
        tax_cents=0,
        withheld_cents=0,
        lines=[line],
    )
