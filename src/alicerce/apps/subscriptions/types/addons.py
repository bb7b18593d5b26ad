"""What an add-on costs, shown before it is had. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Chosen, Cycle, Quote
from alicerce.apps.subscriptions.types import NewDiscount, NewItem
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class AddonWanted:
    """Which add-on, how many of it, with which options and coupon. Prices are never among it."""

    price_id: UUID
    quantity: int = 1
    chosen: tuple[Chosen, ...] = ()
    coupon: str = ""
    answers: Mapping[UUID, str] = field(default_factory=dict)
    """By what the add-on asks; asked for only once it is bought."""


@dataclass(frozen=True, slots=True)
class AddonPreview:
    """The days up to where the subscription's period ends, and every whole period from then on.

    `first` is what those days cost, line by line; it is asked for with the customer's next invoice.
    """

    subscription_id: UUID
    quote: Quote
    items: tuple[NewItem, ...]
    discount: NewDiscount | None
    lines: tuple[tuple[str, int], ...]
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
    def quantity(self) -> int:
        return self.quote.units

    @property
    def taken(self) -> Quote:
        """With what its coupon takes off the first days, and not off a whole cycle."""
        off = self.quote.discount
        if off is None:
            return self.quote
        amount = Money(self.off_cents, self.first.currency)
        return replace(self.quote, discount=replace(off, amount=amount))

    @property
    def off_cents(self) -> int:
        """What the coupon takes off the first days."""
        return -sum(cents for _, cents in self.lines if cents < 0)

    @property
    def tax_cents(self) -> int:
        return sum(cents for _, cents in self.taxes)

    @property
    def total(self) -> Money:
        """What the invoice asks for it."""
        return self.first + Money(self.tax_cents, self.first.currency)
