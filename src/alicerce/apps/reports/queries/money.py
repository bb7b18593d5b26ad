"""Money asked for, collected, owed to the state, and not earned yet."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.figures import Age, Tally
from alicerce.apps.ledger import public as ledger
from alicerce.apps.reports.rules import ratio
from alicerce.apps.reports.types import (
    Behind,
    Cell,
    Column,
    Figure,
    Report,
    ReportName,
    Source,
    Span,
    end_of_month,
)
from alicerce.kernel.money import Money

K = TypeVar("K")
NONE = Tally(0, 0)


SECONDS = {
    ReportName.COLLECTED: (Source.COLLECTED, "method"),
    ReportName.TAX: (Source.TAXES, "account"),
}
"""Where the rows of a table by month are, and what its columns are of."""


def aging(span: Span, *, today: date) -> Report:
    """What open invoices ask for today, by how late they are."""
    found = billing.ages(today, currency=span.currency)
    whole = sum(one.cents for one in found.values())
    late = whole - found.get(Age.NOT_DUE, NONE).cents
    everything = Behind(Source.OWED, today, today)
    figures = [
        Figure("owed", Money(whole, span.currency), behind=everything),
        Figure("overdue", Money(late, span.currency)),
        Figure("overdue_share", ratio(late, whole)),
    ]
    rows = []
    for age in Age:
        tally, behind = found.get(age, NONE), Behind(Source.OWED, today, today, age.value)
        rows.append(
            [
                Cell(f"age:{age}"),
                Cell(tally.count, behind),
                Cell(Money(tally.cents, span.currency), behind),
                Cell(ratio(tally.cents, whole)),
            ]
        )
    sums = [
        Cell("total"),
        Cell(sum(one.count for one in found.values()), everything),
        Cell(Money(whole, span.currency), everything),
        Cell(None),
    ]
    columns = [Column("age", "name"), *map(Column, ("invoices", "owed", "share"))]
    return Report(ReportName.AGING, figures, columns, rows, sums, drawn=2)


def collected(span: Span) -> Report:
    """What came less what went back, by month and by method."""
    found = billing.collected(span.first, span.last, currency=span.currency)
    earlier = billing.collected(span.before.first, span.before.last, currency=span.currency)
    cents = {key: one.cents for key, one in found.items()}
    whole, before = sum(cents.values()), sum(one.cents for one in earlier.values())
    everything = Behind(Source.COLLECTED, span.first, span.last)
    figures = [
        Figure(
            "collected", Money(whole, span.currency), Money(before, span.currency), everything
        ),
        *(
            Figure(
                f"method:{method}",
                Money(_of(cents, method), span.currency),
                Money(_of({k: v.cents for k, v in earlier.items()}, method), span.currency),
                Behind(Source.COLLECTED, span.first, span.last, method),
            )
            for method in _seconds(cents)
        ),
    ]
    return _by_month(ReportName.COLLECTED, span, cents, figures)


def tax(span: Span) -> Report:
    """What the ledger says became owed of taxes, by month and by account."""
    found = ledger.taxes(span.first, span.last, currency=span.currency)
    earlier = ledger.taxes(span.before.first, span.before.last, currency=span.currency)
    has_any = bool(found or earlier)
    everything = Behind(Source.TAXES, span.first, span.last)
    figures = [
        Figure(
            "tax",
            Money(sum(found.values()), span.currency) if has_any else None,
            Money(sum(earlier.values()), span.currency) if has_any else None,
            everything if has_any else None,
        )
    ]
    return _by_month(ReportName.TAX, span, found, figures)


def deferred(span: Span, *, today: date) -> Report:
    """What days to come have yet to earn at the end of the period, by the month that will earn it."""
    day = min(span.last, today)
    earlier = span.before.last
    now = billing.unearned(day).get(span.currency, 0)
    then = billing.unearned(earlier).get(span.currency, 0)
    everything = Behind(Source.DEFERRED, day, day)
    figures = [
        Figure("deferred", Money(now, span.currency), Money(then, span.currency), everything)
    ]
    found = billing.deferred_by_month(day, currency=span.currency)
    rows = [[Cell(month), Cell(Money(cents, span.currency))] for month, cents in found.items()]
    sums = [Cell("total"), Cell(Money(sum(found.values()), span.currency), everything)]
    columns = [Column("month", "name"), Column("to_earn")]
    return Report(ReportName.DEFERRED, figures, columns, rows, sums, drawn=1)


def _by_month(
    name: ReportName,
    span: Span,
    cents: Mapping[tuple[date, str], int],
    figures: list[Figure],
) -> Report:
    """A row for each month, a column for each second key, and the sums of both."""
    source, prefix = SECONDS[name]
    seconds = _seconds(cents)
    rows = []
    for month in span.each:
        last = end_of_month(month)
        row = [Cell(month)]
        for second in seconds:
            own = cents.get((month, second), 0)
            behind = Behind(source, month, last, second) if own else None
            row.append(Cell(Money(own, span.currency), behind))
        whole = sum(value for (one, _), value in cents.items() if one == month)
        row.append(Cell(Money(whole, span.currency), Behind(source, month, last)))
        rows.append(row)
    sums = [
        Cell("total"),
        *(
            Cell(
                Money(_of(cents, one), span.currency),
                Behind(source, span.first, span.last, one),
            )
            for one in seconds
        ),
        Cell(Money(sum(cents.values()), span.currency), Behind(source, span.first, span.last)),
    ]
    columns = [
        Column("month", "name"),
        *(Column(f"{prefix}:{one}") for one in seconds),
        Column("total"),
    ]
    return Report(name, figures, columns, rows, sums, drawn=len(columns) - 1)


def _seconds(cents: Mapping[tuple[date, str], int]) -> list[str]:
    return sorted({str(second) for _, second in cents})


def _of(cents: Mapping[tuple[date, str], int], second: str) -> int:
    return sum(value for (_, one), value in cents.items() if one == second)
