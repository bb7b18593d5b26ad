"""What was paid late, by how many days, and what that costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alicerce.apps.billing.rules.late_fee import LateFee, LateTerms, interest_of
from alicerce.apps.billing.rules.rounding import basis_points, half_up
from alicerce.apps.billing.types.corrections import BillingRules


@dataclass(frozen=True, slots=True)
class Receipt:
    """So much of an invoice came on that day, where the company is."""

    came_on: date
    cents: int


def terms_of(rules: BillingRules) -> LateTerms:
    return LateTerms(
        fine=basis_points(rules.fine_basis_points),
        monthly_interest=basis_points(rules.interest_basis_points),
        grace_days=rules.grace_days,
    )


def fee_for(receipts: Sequence[Receipt], *, due_on: date, terms: LateTerms) -> LateFee:
    """A fine once on all that came late, interest on each part for its own days; each rounded once."""
    late = [(one.cents, (one.came_on - due_on).days) for one in receipts]
    late = [(cents, days) for cents, days in late if days > terms.grace_days]
    interest = [interest_of(cents, days_late=days, terms=terms) for cents, days in late]
    return LateFee(
        half_up(sum(cents for cents, _ in late) * terms.fine),
        half_up(sum(interest, start=0 * terms.fine)),
    )
