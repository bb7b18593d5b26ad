"""What is owed both ways when something changes within a period: a credit and a debit, each rounded alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from alicerce.apps.billing.rules.allocation import spread
from alicerce.apps.billing.rules.periods import (
    Schedule,
    Step,
    anniversary,
    period,
    period_containing,
    share,
)
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types import DayCount, Period


@dataclass(frozen=True, slots=True)
class Item:
    """One price per period with its own discount; `charged` is what the invoices still stand for.

    Kept add-ons are items on both sides of a change, or on neither.
    """

    price: int
    discount: int = 0
    charged: int | None = None

    @property
    def net(self) -> int:
        return self.price - self.discount


@dataclass(frozen=True, slots=True)
class Change:
    """The lines of a change, item by item. Nothing is ever paid out: what is over goes to the wallet."""

    credits: tuple[int, ...]
    debits: tuple[int, ...]
    period: Period  # the one in force from the day of the change on

    @property
    def credit(self) -> int:
        return sum(self.credits)

    @property
    def debit(self) -> int:
        return sum(self.debits)

    @property
    def net(self) -> int:
        return self.debit - self.credit

    @property
    def due(self) -> int:
        return max(self.net, 0)

    @property
    def to_wallet(self) -> int:
        return max(-self.net, 0)


def fraction_left(
    current: Period, changed_on: date, count: DayCount = DayCount.REAL
) -> Fraction:
    """What is left of the period; the day of the change belongs to what comes."""
    if not current.starts_on <= changed_on <= current.ends_on:
        raise ValueError(f"{changed_on} is not in {current.starts_on} to {current.ends_on}")
    if changed_on == current.ends_on:
        return Fraction(0)
    return share(Period(changed_on, current.ends_on), current, count)


def fraction_unused(
    current: Period, ended_on: date, count: DayCount = DayCount.REAL
) -> Fraction:
    """What is left after a termination; its own day counts as consumed."""
    return fraction_left(current, ended_on + timedelta(days=1), count)


def prorated(cents: int, fraction: Fraction) -> int:
    return half_up(cents * fraction)


def credit_of(item: Item, fraction: Fraction) -> int:
    """The old price with the old discount, and never more than was charged net of corrections."""
    credit = prorated(item.net, fraction)
    return credit if item.charged is None else min(credit, max(item.charged, 0))


def debit_of(item: Item, fraction: Fraction) -> int:
    return prorated(item.net, fraction)


def change_within(
    *,
    old: Sequence[Item],
    new: Sequence[Item],
    current: Period,
    on: date,
    count: DayCount = DayCount.REAL,
) -> Change:
    """Between prices of the same interval: the period and its anchor stay as they are."""
    left = fraction_left(current, on, count)
    return _change(old, new, credited=left, debited=left, current=current)


def change_restarting(
    *,
    old: Sequence[Item],
    new: Sequence[Item],
    current: Period,
    on: date,
    step: Step,
    count: DayCount = DayCount.REAL,
) -> Change:
    """Between intervals: the rest is credited, and a whole period of the new one begins that day."""
    return _change(
        old,
        new,
        credited=fraction_left(current, on, count),
        debited=Fraction(1),
        current=period(anniversary(on, step), 0),
    )


def change_keeping_anchor(
    *,
    old: Sequence[Item],
    new: Sequence[Item],
    current: Period,
    on: date,
    schedule: Schedule,
) -> Change:
    """Between intervals, but the anniversary stays: the new price pays for what is left of its own period."""
    following = period_containing(schedule, on)
    return _change(
        old,
        new,
        credited=fraction_left(current, on),
        debited=fraction_left(following, on),
        current=following,
    )


def net_difference(*, old: int, new: int, fraction: Fraction) -> int:
    """The change as one line; at most a cent from its credit and debit."""
    return prorated(new - old, fraction)


def change_of_quantity(
    *, before: int, after: int, fraction: Fraction, price: Callable[[int], int]
) -> int:
    """Only the difference is billed (above zero) or credited (below): what did not change is left alone."""
    return prorated(price(after) - price(before), fraction)


def termination_credit(
    item: Item, current: Period, ended_on: date, count: DayCount = DayCount.REAL
) -> int:
    return credit_of(item, fraction_unused(current, ended_on, count))


def arrears_fee(cents: int, *, used: Period, whole_days: int) -> int:
    """What was used of a period that is billed afterwards, over the days of the whole period."""
    return prorated(cents, Fraction(used.days, whole_days))


def parts_of(cents: int, spans: Sequence[Period]) -> list[int]:
    """The price of a period over the spans it was cut into: to the cent, by real days."""
    return spread(cents, [span.days for span in spans])


def _change(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    credited: Fraction,
    debited: Fraction,
    current: Period,
) -> Change:
    return Change(
        tuple(credit_of(item, credited) for item in old),
        tuple(debit_of(item, debited) for item in new),
        current,
    )
