"""Forecasts, their sums and their rows, a page at a time by where the last one ended."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from alicerce.apps.customers import public as customers
from alicerce.apps.forecasts.errors import NoSuchForecast
from alicerce.apps.forecasts.models import (
    Forecast,
    ForecastHappening,
    ForecastInvoice,
    ForecastSum,
)
from alicerce.apps.forecasts.rules.months import months_ahead
from alicerce.apps.forecasts.types import SIDES as OF
from alicerce.apps.forecasts.types import (
    DifferenceRow,
    ForecastCard,
    HappeningKind,
    HappeningRow,
    InvoiceRow,
    Leaf,
    Measure,
    Side,
    Wanted,
)
from alicerce.apps.forecasts.types import Sum as Amount

PAGE, FEW = 50, 30
Sums = Mapping[tuple[date, str, Measure], Mapping[Side, Amount]]


def forecasts() -> list[ForecastCard]:
    """The newest first."""
    return [row.card() for row in Forecast.objects.order_by("-asked_at")[:FEW]]


def forecast(forecast_id: UUID) -> ForecastCard:
    """Raises NoSuchForecast."""
    found = Forecast.objects.filter(pk=forecast_id).first()
    if found is None:
        raise NoSuchForecast
    card: ForecastCard = found.card()
    return card


def sums(forecast_id: UUID) -> Sums:
    """By month, currency and measure, what each of the two books comes to."""
    found: dict[tuple[date, str, Measure], dict[Side, Amount]] = defaultdict(
        lambda: {Side.BASE: Amount(), Side.CHANGED: Amount()}
    )
    for row in ForecastSum.objects.filter(forecast_id=forecast_id):
        both = found[row.month, row.currency, Measure(row.measure)]
        for side in both:
            if Side(row.side) in OF[side]:
                both[side] += Amount(row.count, row.cents)
    return found


def invoices(forecast_id: UUID, wanted: Wanted, *, after: str = "", limit: int = PAGE) -> Leaf:
    rows = ForecastInvoice.objects.filter(
        _narrowed(wanted, "issued_on"), forecast_id=forecast_id
    )
    if wanted.month and not wanted.ref:
        rows = rows.filter(invoice_id__isnull=True)
    found, following = _leaf(rows, "issued_on", after, limit)
    names = customers.names_of({row.customer_id for row in found})
    return Leaf([_invoice(row, names) for row in found], following)


def happenings(
    forecast_id: UUID, wanted: Wanted, *, after: str = "", limit: int = PAGE
) -> Leaf:
    rows = ForecastHappening.objects.filter(_narrowed(wanted, "on"), forecast_id=forecast_id)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    found, following = _leaf(rows, "on", after, limit)
    names = customers.names_of({row.customer_id for row in found})
    return Leaf([_happening(row, names) for row in found], following)


def differences(forecast_id: UUID, *, after: str = "", limit: int = PAGE) -> Leaf:
    """Customers who would be asked for something else, and how much apart the two books are for each."""
    apart = ForecastInvoice.objects.filter(forecast_id=forecast_id).exclude(side=Side.BOTH)
    if place := _uuid(after):
        apart = apart.filter(customer_id__gt=place)
    whose = list(
        apart.order_by("customer_id")
        .values_list("customer_id", flat=True)
        .distinct()[: limit + 1]
    )
    shown = whose[:limit]
    rows = (
        apart.filter(customer_id__in=shown)
        .order_by()
        .values_list("customer_id", "currency", "side")
        .annotate(Count("id"), Sum("total_cents"))
    )
    found: dict[tuple[UUID, str], dict[str, Amount]] = defaultdict(dict)
    for customer_id, currency, side, count, cents in rows:
        found[customer_id, currency][side] = Amount(count, cents)
    names = customers.names_of(set(shown))
    return Leaf(
        [
            DifferenceRow(
                customer_id,
                names.get(customer_id, ""),
                currency,
                both.get(Side.BASE, Amount()),
                both.get(Side.CHANGED, Amount()),
            )
            for (customer_id, currency), both in sorted(found.items(), key=str)
        ],
        str(shown[-1]) if len(whose) > limit else "",
    )


def _narrowed(wanted: Wanted, day: str) -> Q:
    sides = OF[wanted.side]
    found = Q(
        side__in=[side for side in sides if side != Side.BOTH or not wanted.only_different]
    )
    if wanted.month:
        until = months_ahead(wanted.month, 1)
        found &= Q(**{f"{day}__gte": wanted.month, f"{day}__lt": until})
    if wanted.customer_id:
        found &= Q(customer_id=wanted.customer_id)
    return found & Q(ref=wanted.ref) if wanted.ref else found


def _leaf(rows: Any, day: str, after: str, limit: int) -> tuple[list[Any], str]:
    if place := _place(after):
        rows = rows.filter(
            Q(**{f"{day}__gt": place[0]}) | Q(**{day: place[0], "id__gt": place[1]})
        )
    found = list(rows.order_by(day, "id")[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    return shown, f"{getattr(shown[-1], day)}_{shown[-1].id}" if more else ""


def _place(after: str) -> tuple[date, UUID] | None:
    """Where a page begins; at the start for what is no place."""
    said, _, last = after.partition("_")
    try:
        return date.fromisoformat(said), UUID(last)
    except ValueError:
        return None


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _invoice(row: ForecastInvoice, names: Mapping[UUID, str]) -> InvoiceRow:
    return InvoiceRow(
        id=row.id,
        side=Side(row.side),
        customer_id=row.customer_id,
        customer=names.get(row.customer_id, ""),
        ref=row.ref,
        issued_on=row.issued_on,
        due_on=row.due_on,
        paid_on=row.paid_on,
        currency=row.currency,
        total_cents=row.total_cents,
        tax_cents=row.tax_cents,
        withheld_cents=row.withheld_cents,
        lines=[dict(zip(LINE, line, strict=True)) for line in row.lines],
        invoice_id=row.invoice_id,
    )


LINE = (
    "description", "quantity", "unit_cents", "kind", "subscription_id", "starts_on", "ends_on",
)  # fmt: skip


def _happening(row: ForecastHappening, names: Mapping[UUID, str]) -> HappeningRow:
    return HappeningRow(
        id=row.id,
        side=Side(row.side),
        customer_id=row.customer_id,
        customer=names.get(row.customer_id, ""),
        at=row.at,
        on=row.on,
        kind=HappeningKind(row.kind),
        what=row.what,
        step=row.step,
        ref=row.ref,
        subscription_id=row.subscription_id,
        cents=row.cents,
        currency=row.currency,
    )
