"""The words of revenue that is earned day by day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alicerce.apps.billing.types.periods import Period
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class NewDeferral:
    """An amount of an invoice that its days earn, counted from `begun_on`."""

    invoice_id: UUID
    amount: Money
    period: Period
    begun_on: date
    position: int | None = None
    subscription_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeferredRow:
    """What of one line of an invoice was not earned yet on a day."""

    invoice_id: UUID
    code: str
    customer_id: UUID
    subscription_id: UUID | None
    amount: Money
    unearned: Money
    period: Period
