"""Days without service, and what is given back for them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class DaysOfPeriod:
    """Days of one billed period, from one share of it to a larger one, and what they are worth."""

    period_id: UUID
    invoice_id: UUID
    starts_on: date
    days: tuple[date, ...]
    before: Fraction
    after: Fraction
    cents: int
    billed_cents: int


@dataclass(frozen=True, slots=True)
class DaysCredit:
    """What would be credited, period by period."""

    parts: tuple[DaysOfPeriod, ...]
    total: Money

    @property
    def days(self) -> int:
        return sum(len(part.days) for part in self.parts)
