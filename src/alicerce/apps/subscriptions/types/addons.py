"""What an add-on costs, shown before it is had. Plain Python."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class AddonPreview:
    """The days up to where the subscription's period ends, and every whole period from then on.

    `first` is what those days cost; it is asked for with the customer's next invoice.
    """

    subscription_id: UUID
    plan_id: UUID
    price_id: UUID
    name: str
    description: str
    cycle: Cycle
    amount: Money
    anchor_day: int
    period: Period
    first: Money
    asked_on: date
    due_on: date
    renewal: Money
    taxes: tuple[tuple[str, int], ...] = ()

    @property
    def tax_cents(self) -> int:
        return sum(cents for _, cents in self.taxes)

    @property
    def total(self) -> Money:
        """What the invoice asks for it."""
        return self.first + Money(self.tax_cents, self.first.currency)
