"""Where periods begin and end: each edge comes from the anchor, never from the edge before."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from alicerce.apps.billing.types import DayCount, Period
from alicerce.apps.catalog.types import MONTHS, Cycle

YEAR = 12  # months
LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Step:
    """From one edge to the next: so many months of the calendar, or so many days."""

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if (self.months > 0) == (self.days > 0) or min(self.months, self.days) < 0:
            raise ValueError("a step has months or days")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Edges of periods without end, in both directions. Edge 0 is in the month of `anchor`.

    `day` is the day of the month that is meant; a shorter month ends the period on its last day.
    """

    anchor: date
    day: int
    step: Step


@dataclass(frozen=True, slots=True)
class Part:
    """Days of one period: all of them, or those before or after a cut."""

    span: Period
    whole: Period

    def fraction(self, count: DayCount = DayCount.REAL) -> Fraction:
        return share(self.span, self.whole, count)


def step_of(cycle: Cycle) -> Step:
    """Raises KeyError for what is sold once."""
    return Step(months=MONTHS[cycle])


def anniversary(anchor: date, step: Step) -> Schedule:
    """Periods begin on the day of the month on which the first one did."""
    return Schedule(anchor, anchor.day, step)


def on_billing_day(starts_on: date, billing_day: int, step: Step) -> Schedule:
    """Periods begin on the customer's own day: edge 0 is the first such day not before the start."""
    if not 1 <= billing_day <= LONGEST_MONTH:
        raise ValueError(f"no month has a day {billing_day}")
    first = _day_of_month(_months(starts_on), billing_day)
    if first < starts_on:
        first = _day_of_month(_months(starts_on) + 1, billing_day)
    return Schedule(first, billing_day, step)


def on_calendar(day: date, step: Step) -> Schedule:
    """Periods begin on Mondays, on the first of the month, quarter, half-year or year."""
    if step.months:
        return Schedule(_day_of_month(_months(day) // step.months * step.months, 1), 1, step)
    return anniversary(day - timedelta(days=day.weekday()), step)


def edge(schedule: Schedule, number: int) -> date:
    if schedule.step.days:
        return schedule.anchor + timedelta(days=number * schedule.step.days)
    return _day_of_month(_months(schedule.anchor) + number * schedule.step.months, schedule.day)


def period(schedule: Schedule, number: int) -> Period:
    return Period(edge(schedule, number), edge(schedule, number + 1))


def period_containing(schedule: Schedule, day: date) -> Period:
    return period(schedule, _number_of(schedule, day))


def next_edge(schedule: Schedule, day: date) -> date:
    """The first edge after the day; on an edge, the following one."""
    return period_containing(schedule, day).ends_on


def periods_from(schedule: Schedule, day: date) -> Iterator[Period]:
    """The period that holds the day and those after it, for as long as anybody asks."""
    number = _number_of(schedule, day)
    while True:
        yield period(schedule, number)
        number += 1


def first_part(schedule: Schedule, starts_on: date) -> Part:
    """From the start to the first edge: a whole period when it starts on an edge."""
    whole = period_containing(schedule, starts_on)
    return Part(Period(starts_on, whole.ends_on), whole)


def cut(schedule: Schedule, stretch: Period) -> tuple[Part, ...]:
    """The stretch at each edge: perhaps a leading part, whole periods, perhaps a trailing part."""
    parts = []
    for whole in periods_from(schedule, stretch.starts_on):
        span = stretch.overlap(whole)
        if span is None:
            break
        parts.append(Part(span, whole))
    return tuple(parts)


def share(span: Period, whole: Period, count: DayCount = DayCount.REAL) -> Fraction:
    """How much of the whole the span is, by real days or by months of thirty."""
    return Fraction(_days(span, count), _days(whole, count))


def thirty_day_days(starts_on: date, ends_on: date) -> int:
    """Days from one to the other when every month has thirty; a 31st counts as the 30th."""
    months = _months(ends_on) - _months(starts_on)
    return 30 * months + min(ends_on.day, 30) - min(starts_on.day, 30)


def renewal_starts_on(*, due_on: date, suspended: bool, today: date) -> date:
    """What a late renewal counts from: its own due day while the service runs, today when it stood still."""
    return today if suspended and today > due_on else due_on


def local_date(instant: datetime, zone: str) -> date:
    """The day it was for whoever lives there."""
    return instant.astimezone(ZoneInfo(zone)).date()


def first_moment(day: date, zone: str) -> datetime:
    """When the local day begins, in UTC; where midnight is skipped, the moment after it."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _days(stretch: Period, count: DayCount) -> int:
    if count == DayCount.THIRTY:
        return thirty_day_days(stretch.starts_on, stretch.ends_on)
    return stretch.days


def _number_of(schedule: Schedule, day: date) -> int:
    if schedule.step.days:
        return (day - schedule.anchor).days // schedule.step.days
    number = (_months(day) - _months(schedule.anchor)) // schedule.step.months
    return number if edge(schedule, number) <= day else number - 1


def _months(day: date) -> int:
    return day.year * YEAR + day.month - 1


def _day_of_month(months: int, day: int) -> date:
    year, month = months // YEAR, months % YEAR + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def edge_before(day: date, *, day_of_month: int, step: Step) -> date:
    """Where the period began that ended on this day, when periods begin on a day of the month."""
    return _day_of_month(_months(day) - step.months, day_of_month)
