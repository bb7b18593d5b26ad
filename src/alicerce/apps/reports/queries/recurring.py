"""Recurring revenue: what comes each month, what moved it, who left."""

from datetime import date
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.reports.models import PlanCost
from alicerce.apps.reports.rules import lifetime_value, per_customer, ratio
from alicerce.apps.reports.types import (
    Behind,
    Cell,
    Column,
    Figure,
    Report,
    ReportName,
    Source,
    Span,
    Value,
    end_of_month,
    months_before,
)
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.revenue import LOSSES, Base, MovementKind
from alicerce.kernel.money import Money

SHOWN = 12
"""Months in the table, at least."""


def mrr(span: Span) -> Report:
    """What subscriptions bring each month at the end of the period, and what moved it."""
    now, then = _brought(span.last, span), _brought(span.opening, span)
    moved, earlier = _moved(span), _moved(span.before)
    at_end = Behind(Source.BRINGING, span.last, span.last)
    figures = [
        Figure("mrr", _money(now.cents, span), _money(then.cents, span), at_end),
        Figure("arr", _money(now.cents * 12, span), _money(then.cents * 12, span)),
        *(
            Figure(
                kind.value,
                _money(moved[kind], span),
                _money(earlier[kind], span),
                Behind(Source.MOVEMENTS, span.first, span.last, kind.value),
            )
            for kind in MovementKind
        ),
    ]
    columns = [
        Column("month", "name"),
        Column("opening"),
        *(Column(kind.value) for kind in MovementKind),
        Column("mrr"),
    ]
    return Report(ReportName.MRR, figures, columns, _months(span), drawn=len(columns) - 1)


def _months(span: Span) -> list[list[Cell]]:
    """Each month from what it began with to what it ended with."""
    months = [months_before(span.last_month, back) for back in reversed(range(_shown(span)))]
    opening = _brought(end_of_month(months_before(months[0], 1)), span).cents
    sums = subscriptions.moved_by_month(months[0], span.last, currency=span.currency)
    rows = []
    for month in months:
        last = end_of_month(month)
        own = {kind: sums.get((month, kind), 0) for kind in MovementKind}
        closing = opening + sum(own.values())
        cells = [Cell(month), Cell(_money(opening, span))]
        for kind, cents in own.items():
            behind = Behind(Source.MOVEMENTS, month, last, kind.value)
            cells.append(Cell(_money(cents, span), behind if cents else None))
        cells.append(Cell(_money(closing, span), Behind(Source.BRINGING, last, last)))
        rows.append(cells)
        opening = closing
    return rows


def churn(span: Span) -> Report:
    """Who left and what left with them, in the period and in each of its months."""
    figures = [
        Figure(code, value, before, behind)
        for (code, value, behind), (_, before, _b) in zip(
            _leaving(span), _leaving(span.before), strict=True
        )
    ]
    codes = [code for code, _, _ in _leaving(span)]
    months = [
        Span(months_before(span.last_month, back), 1, span.currency)
        for back in reversed(range(_shown(span)))
    ]
    rows = [
        [Cell(one.first), *(Cell(value, behind) for _, value, behind in _leaving(one))]
        for one in months
    ]
    columns = [Column("month", "name"), *(Column(code) for code in codes)]
    return Report(ReportName.CHURN, figures, columns, rows)


def _leaving(span: Span) -> list[tuple[str, Value, Behind | None]]:
    start, end = _brought(span.opening, span), _brought(span.last, span)
    gone = subscriptions.lost_customers(span.opening, span.last, currency=span.currency)
    moved = _moved(span)
    lost_cents = -sum(moved[kind] for kind in LOSSES)
    lost = Behind(Source.LOST, span.opening, span.last)
    losses = ",".join(kind.value for kind in LOSSES)
    return [
        ("customers", end.customers, Behind(Source.PAYING, span.last, span.last)),
        ("lost_customers", len(gone), lost),
        ("customer_churn", ratio(len(gone), start.customers), lost),
        (
            "lost_revenue",
            _money(lost_cents, span),
            Behind(Source.MOVEMENTS, span.first, span.last, losses),
        ),
        ("revenue_churn", ratio(lost_cents, start.cents), None),
        ("arpu", per_customer(end.cents, end.customers, span.currency), None),
        (
            "ltv",
            lifetime_value(
                end.cents,
                end.customers,
                lost=len(gone),
                at_first=start.customers,
                months=span.months,
                currency=span.currency,
            ),
            None,
        ),
    ]


def margin(span: Span) -> Report:
    """By plan, what its services bring each month less what they cost, where that was told."""
    found = subscriptions.brought_by_price(span.last, currency=span.currency)
    plans = catalog.plans_of_prices(list(found))
    by_plan: dict[UUID, Base] = {}
    names: dict[UUID, str] = {}
    for price_id, base in found.items():
        plan_id, name = plans[price_id]
        one = by_plan.get(plan_id, Base(0, 0))
        by_plan[plan_id] = Base(one.customers + base.customers, one.cents + base.cents)
        names[plan_id] = name
    costs = PlanCost.objects.known(currency=span.currency)
    rows, known = [], Base(0, 0)
    for plan_id, name in sorted(names.items(), key=lambda one: one[1]):
        base, cost = by_plan[plan_id], costs.get(plan_id)
        behind = Behind(Source.PLAN, span.last, span.last, str(plan_id))
        spent = None if cost is None else cost * base.customers
        left = None if spent is None else base.cents - spent
        if left is not None:
            known = Base(known.customers + left, known.cents + base.cents)
        rows.append(
            [
                Cell(name, thing=("plan", plan_id)),
                Cell(base.customers, behind),
                Cell(_money(base.cents, span), behind),
                Cell(None if spent is None else _money(spent, span)),
                Cell(None if left is None else _money(left, span)),
                Cell(None if left is None else ratio(left, base.cents)),
            ]
        )
    has_cost = bool(known.cents)
    figures = [
        Figure("margin", _money(known.customers, span) if has_cost else None),
        Figure("margin_share", ratio(known.customers, known.cents)),
        Figure("mrr_with_cost", _money(known.cents, span) if has_cost else None),
    ]
    columns = [
        Column("plan", "name"),
        *map(Column, ("services", "mrr", "cost", "margin", "margin_share")),
    ]
    return Report(ReportName.MARGIN, figures, columns, rows)


def plan_cost(plan_id: UUID, *, currency: str) -> int | None:
    return PlanCost.objects.known(currency=currency).get(plan_id)


def _shown(span: Span) -> int:
    return max(span.months, SHOWN)


def _brought(day: date, span: Span) -> Base:
    return subscriptions.brought(day, currency=span.currency)


def _moved(span: Span) -> dict[MovementKind, int]:
    found = subscriptions.moved_by_month(span.first, span.last, currency=span.currency)
    return {
        kind: sum(cents for (_, one), cents in found.items() if one == kind)
        for kind in MovementKind
    }


def _money(cents: int, span: Span) -> Money:
    return Money(cents, span.currency)
