"""The words of what reports add up, and of the rows behind their sums."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import PaymentMethod
from alicerce.kernel.money import Money


class Age(StrEnum):
    """How long an invoice is past its due date."""

    NOT_DUE = "not_due"
    UP_TO_30 = "1-30"
    UP_TO_60 = "31-60"
    UP_TO_90 = "61-90"
    OLDER = "91-"


DAYS: dict[Age, tuple[int | None, int | None]] = {
    Age.NOT_DUE: (None, 0),
    Age.UP_TO_30: (1, 30),
    Age.UP_TO_60: (31, 60),
    Age.UP_TO_90: (61, 90),
    Age.OLDER: (91, None),
}
"""From and to so many days late, both of them in."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many rows, and what they are together."""

    count: int
    cents: int


@dataclass(frozen=True, slots=True)
class OwedRow:
    invoice_id: UUID
    code: str
    customer_id: UUID
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class CollectedRow:
    """Money that came, or, below zero, went back."""

    id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    method: PaymentMethod
    reference: str
    at: datetime
    amount: Money
