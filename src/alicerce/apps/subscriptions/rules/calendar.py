"""Which days a subscription is billed for, and when. Edges come from the anchor day, never from an edge."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import MONTHS, Cycle


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period to be billed, and the whole one that it is, or is a part of."""

    period: Period
    whole: Period

    @property
    def is_whole(self) -> bool:
        return self.period == self.whole

    def share(self, cents: int) -> int:
        """What it costs: the price, or its real days of it; half a cent rounds up."""
        if self.is_whole:
            return cents
        return billing.prorated(cents, billing.fraction_left(self.whole, self.period.starts_on))


def recurs(cycle: Cycle) -> bool:
    return cycle in MONTHS


def first_period(*, starts_on: date, cycle: Cycle) -> Period:
    """What the order paid for: a whole cycle from the day it was paid."""
    own = billing.anniversary(starts_on, billing.step_of(cycle))
    return billing.period_containing(own, starts_on)


def running_period(*, since: date, on: date, cycle: Cycle) -> Period:
    """The whole cycle that this day is in, counted from the day it was paid first."""
    return billing.period_containing(billing.anniversary(since, billing.step_of(cycle)), on)


def meeting_day(*, on: date, until: date, cycle: Cycle, anchor_day: int) -> date:
    """The next edge of an add-on whose periods are counted back from where the parent's one ends."""
    schedule = billing.on_billing_day(until, anchor_day, billing.step_of(cycle))
    return billing.period_containing(schedule, on).ends_on


@lru_cache(maxsize=4096)
def next_stretch(
    *, starts_on: date, cycle: Cycle, anchor_day: int, meets_on: date | None = None
) -> Stretch:
    """A whole cycle; or, where the last one did not end on the anchor day, the days up to it.

    Before the edge that an add-on shares with what it was sold onto, the days up to that.
    """
    if meets_on and starts_on < meets_on:
        first = billing.edge_before(
            meets_on, day_of_month=anchor_day, step=billing.step_of(cycle)
        )
        return Stretch(Period(starts_on, meets_on), Period(min(first, starts_on), meets_on))
    schedule = billing.on_billing_day(starts_on, anchor_day, billing.step_of(cycle))
    part = billing.first_part(schedule, starts_on)
    return Stretch(part.span, part.whole)
