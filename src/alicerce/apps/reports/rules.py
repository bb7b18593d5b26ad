"""What figures are made of others. Where nothing can be said, nothing is."""

from alicerce.apps.reports.types import Ratio
from alicerce.kernel.money import Money

WHOLE = 10_000


def ratio(part: int, whole: int) -> Ratio | None:
    """Rounded to a hundredth of a percent, half away from zero; of nothing there is none."""
    if not whole:
        return None
    sign = -1 if part < 0 else 1
    return Ratio(sign * ((2 * abs(part) * WHOLE + whole) // (2 * whole)))


def per_customer(cents: int, customers: int, currency: str) -> Money | None:
    return Money(cents, currency).per(customers) if customers else None


def lifetime_value(
    cents: int, customers: int, *, lost: int, at_first: int, months: int, currency: str
) -> Money | None:
    """What a customer brings each month, over the share of customers that a month loses."""
    if not customers or not lost or not at_first:
        return None
    return Money(cents * at_first * months, currency).per(customers * lost)
