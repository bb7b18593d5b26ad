"""The periods of a subscription, as local dates. Edges come from the anchor day, never from an edge."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from alicerce.apps.catalog.types import MONTHS, Cycle
from alicerce.apps.subscriptions.types import Period


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period to be billed, and the whole cycle that it is, or is a part of."""

    period: Period
    of: Period

    @property
    def is_whole(self) -> bool:
        return self.period == self.of

    def share(self, cents: int) -> int:
        """What it costs: the price, by its real days; half a cent rounds up."""
        days, whole = self.period.days, self.of.days
        return (2 * cents * days + whole) // (2 * whole)


def recurs(cycle: Cycle) -> bool:
    return cycle in MONTHS


def first_period(*, starts_on: date, cycle: Cycle) -> Period:
    """What the order paid for: a whole cycle from the day it was paid."""
    return Period(starts_on, edge_after(starts_on, cycle=cycle, anchor_day=starts_on.day))


def next_stretch(*, after: date, cycle: Cycle, anchor_day: int) -> Stretch:
    """A whole cycle; or, where the last one did not end on the anchor day, the days up to it."""
    if is_edge(after, anchor_day):
        whole = Period(after, edge_after(after, cycle=cycle, anchor_day=anchor_day))
        return Stretch(whole, whole)
    this_month = on_day(after.year, after.month, anchor_day)
    edge = this_month if this_month > after else _months_on(after, 1, anchor_day)
    return Stretch(Period(after, edge), first_period(starts_on=after, cycle=cycle))


def is_edge(day: date, anchor_day: int) -> bool:
    return day == on_day(day.year, day.month, anchor_day)


def edge_after(edge: date, *, cycle: Cycle, anchor_day: int) -> date:
    return _months_on(edge, MONTHS[cycle], anchor_day)


def on_day(year: int, month: int, day: int) -> date:
    """That day of the month, or its last."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def bill_on(edge: date, *, days_ahead: int) -> date:
    """The day on which the period that begins at this edge is invoiced."""
    return edge - timedelta(days=days_ahead)


def _months_on(edge: date, months: int, anchor_day: int) -> date:
    years, month = divmod(edge.month - 1 + months, 12)
    return on_day(edge.year + years, month + 1, anchor_day)
