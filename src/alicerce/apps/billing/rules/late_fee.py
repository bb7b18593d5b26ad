"""What an overdue amount costs: a fine once, and interest for each day (CDC art. 52, § 1º)."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from alicerce.apps.billing.rules.rounding import basis_points, half_up

LEGAL_FINE, LEGAL_MONTHLY_INTEREST = basis_points(200), basis_points(100)
MONTH = 30  # days; interest is told by the month and counted by the day


@dataclass(frozen=True, slots=True)
class LateTerms:
    """What the law allows towards consumers is also what we ask for by default."""

    fine: Fraction = LEGAL_FINE
    monthly_interest: Fraction = LEGAL_MONTHLY_INTEREST
    grace_days: int = 0  # paid by then, nothing is added; afterwards every day counts


@dataclass(frozen=True, slots=True)
class LateFee:
    fine: int
    interest: int

    @property
    def total(self) -> int:
        return self.fine + self.interest


USUAL = LateTerms()


def late_fee(
    cents: int,
    *,
    days_late: int,
    terms: LateTerms = USUAL,
    rounding: Callable[[Fraction], int] = half_up,
) -> LateFee:
    """On what remained due. Ours rounds half up like every line; banks cut (`rounding=down`)."""
    if days_late <= terms.grace_days or cents <= 0:
        return LateFee(0, 0)
    return LateFee(
        rounding(cents * terms.fine),
        rounding(interest_of(cents, days_late=days_late, terms=terms)),
    )


def interest_of(cents: int, *, days_late: int, terms: LateTerms = USUAL) -> Fraction:
    """To the exact fraction of a cent; simple interest, never on the fine."""
    return cents * terms.monthly_interest * days_late / MONTH
