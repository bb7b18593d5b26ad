"""Forecasts as programs read them: plain rows, no instances."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from alicerce.apps.forecasts.models import Forecast, ForecastHappening, ForecastInvoice
from alicerce.apps.forecasts.queries.rows import LINE, forecast, sums
from alicerce.apps.forecasts.types import SIDES, ForecastCard, HappeningKind, Side
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

INVOICE = (
    "id", "side", "customer_id", "ref", "invoice_id", "issued_on", "due_on", "paid_on",
    "currency", "total_cents", "tax_cents", "withheld_cents", "lines",
)  # fmt: skip
HAPPENING = (
    "id", "side", "customer_id", "at", "on", "kind", "what", "step", "ref", "subscription_id",
    "cents", "currency",
)  # fmt: skip


def forecast_record(forecast_id: UUID) -> Row:
    """Raises NoSuchForecast."""
    card = forecast(forecast_id)
    return {**_record(card), "sums": _sums(forecast_id)}


def forecast_rows(window: Window) -> Slice:
    """Without their sums: who wants those asks for one."""
    found = slice_of(Forecast.objects.all(), window, "id")
    rows = Forecast.objects.filter(pk__in=[row["id"] for row in found.rows])
    cards = {row.id: row.card() for row in rows}
    told = [{**_record(cards[row["id"]]), "sums": []} for row in found.rows]
    return Slice(told, found.next_cursor, found.at_end)


def invoice_rows(
    forecast_id: UUID,
    window: Window,
    *,
    side: Side | None,
    customer_id: UUID | None,
    different: bool,
) -> Slice:
    """Raises NoSuchForecast."""
    forecast(forecast_id)
    wanted = _narrowed(side, customer_id, different=different)
    rows = ForecastInvoice.objects.filter(wanted, forecast_id=forecast_id)
    found = slice_of(rows, window, *INVOICE)
    told = [
        {
            "object": "forecast_invoice",
            **row,
            "lines": [dict(zip(LINE, line, strict=True)) for line in row["lines"]],
        }
        for row in found.rows
    ]
    return Slice(told, found.next_cursor, found.at_end)


def happening_rows(
    forecast_id: UUID,
    window: Window,
    *,
    side: Side | None,
    customer_id: UUID | None,
    different: bool,
    kind: HappeningKind | None,
) -> Slice:
    """Raises NoSuchForecast."""
    forecast(forecast_id)
    wanted = _narrowed(side, customer_id, different=different)
    rows = ForecastHappening.objects.filter(wanted, forecast_id=forecast_id)
    rows = rows.filter(kind=kind) if kind else rows
    found = slice_of(rows, window, *HAPPENING)
    for row in found.rows:
        row.pop("on")
    told = [{"object": "forecast_happening", **row} for row in found.rows]
    return Slice(told, found.next_cursor, found.at_end)


def _narrowed(side: Side | None, customer_id: UUID | None, *, different: bool) -> Q:
    sides = [one for one in SIDES[side or Side.BOTH] if one != Side.BOTH or not different]
    found = Q(side__in=sides)
    return found & Q(customer_id=customer_id) if customer_id else found


def _record(card: ForecastCard) -> dict[str, Any]:
    return {
        "object": "forecast",
        "id": card.id,
        "state": card.state,
        "months": card.months,
        "assumption": card.assumption,
        "changes": sorted(card.what_if),
        "begins_at": card.begins_at,
        "until": card.until,
        "created_at": card.asked_at,
        "finished_at": card.finished_at,
        "customers": card.customers,
        "total": card.total,
        "invoices": card.invoices,
        "happenings": card.happenings,
    }


def _sums(forecast_id: UUID) -> list[Row]:
    return [
        {
            "month": month,
            "measure": measure,
            "currency": currency,
            "base_count": both[Side.BASE].count,
            "base_cents": both[Side.BASE].cents,
            "changed_count": both[Side.CHANGED].count,
            "changed_cents": both[Side.CHANGED].cents,
        }
        for (month, currency, measure), both in sorted(sums(forecast_id).items(), key=str)
    ]
