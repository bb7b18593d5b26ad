"""From when a subscription may cost something else, and what all of them then bring. Pure functions."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from alicerce.apps.catalog.types import MONTHS, Cycle
from alicerce.apps.subscriptions.rules.calendar import next_stretch
from alicerce.apps.subscriptions.types.price_moves import MoveSums, Moving
from alicerce.kernel.money import Money

SLACK = timedelta(days=15)
"""So long before the promised notice letters go, that one which is late still is in time."""


def first_start(*, next_starts_on: date, cycle: Cycle, anchor_day: int, floor: date) -> date:
    """The first period that begins on or after a day."""
    starts_on = next_starts_on
    while starts_on < floor:
        starts_on = next_stretch(
            starts_on=starts_on, cycle=cycle, anchor_day=anchor_day
        ).period.ends_on
    return starts_on


def letter_day(effective_on: date, *, notice_days: int, today: date) -> date:
    return max(today, effective_on - timedelta(days=notice_days) - SLACK)


def is_told_in_time(told_on: date, *, starts_on: date, notice_days: int) -> bool:
    return told_on + timedelta(days=notice_days) <= starts_on


def sums_of(rows: Sequence[Moving], *, cycle: Cycle, currency: str) -> MoveSums:
    """Each month is rounded once for each subscription, as reports do."""
    return MoveSums(
        len(rows),
        len({row.customer_id for row in rows}),
        Money(sum(row.before_cents for row in rows), currency),
        Money(sum(row.after_cents for row in rows), currency),
        Money(sum(a_month(row.before_cents, cycle) for row in rows), currency),
        Money(sum(a_month(row.after_cents, cycle) for row in rows), currency),
    )


def a_month(cents: int, cycle: Cycle) -> int:
    """Half a cent rounds up."""
    return int(Fraction(cents, MONTHS[cycle]) + Fraction(1, 2))
