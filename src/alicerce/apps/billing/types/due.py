"""What a charge with a due date asks for on which day. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DueTerms:
    """Frozen with the charge: the company may change its mind, the code that was handed out does not.

    The fine and the discount are amounts, so that nobody rounds them a second time.
    """

    due_on: date
    valid_days: int
    fine_cents: int = 0
    interest_basis_points: int = 0
    discount_cents: int = 0
    discount_until: date | None = None

    @property
    def carries_fee(self) -> bool:
        """Whether being late is paid with the charge itself, and never asked for again."""
        return bool(self.fine_cents or self.interest_basis_points)


@dataclass(frozen=True, slots=True)
class PaidParts:
    """What a provider says that a payment had added and taken off, in cents."""

    fine: int = 0
    interest: int = 0
    discount: int = 0
