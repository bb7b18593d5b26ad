"""What of a price is earned when: day by day, exact to the cent over the whole period."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from alicerce.apps.billing.rules.allocation import apportion
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types import Period


def earned(cents: int, period: Period, *, before: date) -> int:
    """Of the whole price, what the days before this one were worth.

    It is rounded as a running total: whatever the days in between, the last one leaves nothing over.
    """
    days = min(max((before - period.starts_on).days, 0), period.days)
    return half_up(Fraction(cents * days, period.days))


def left_after(unearned: Sequence[int], taken: int) -> list[int]:
    """What stays unearned of each part when so much of their sum is taken back, by largest remainder."""
    whole = sum(unearned)
    if not whole:
        return list(unearned)
    return apportion([Fraction(cents * (whole - taken), whole) for cents in unearned])


def takeable(unearned: Sequence[int], wanted: int) -> int:
    """Of what is wanted back, what was not earned yet: that goes first."""
    return max(min(wanted, sum(unearned)), 0)
