"""The words of another plan: what it costs, shown before it is confirmed. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import LineKind, Period
from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.money import Money


class ChangeWhen(StrEnum):
    NOW = "now"
    PERIOD_END = "period_end"


class ChangeStatus(StrEnum):
    """Awaiting its payment, or its day; in force; or not wanted any more."""

    AWAITING = "awaiting"
    SCHEDULED = "scheduled"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (ChangeStatus.AWAITING, ChangeStatus.SCHEDULED)


class DropCause(StrEnum):
    """Why a change never came into force."""

    UNPAID = "unpaid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Days of the old plan that are given back, below zero, or of the new one that are asked for."""

    kind: LineKind
    description: str
    period: Period
    cents: int


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change costs, to the cent. `begins` is the period that starts with it, if it starts one.

    `effective_on` is the first day of the new plan, once what is due is paid.
    """

    subscription_id: UUID
    price_id: UUID
    description: str
    cycle: Cycle
    amount: Money
    when: ChangeWhen
    effective_on: date
    begins: Period | None
    lines: tuple[ChangeLine, ...]
    renews_on: date
    renewal: Money
    taxes: tuple[tuple[str, int], ...] = ()

    @property
    def net_cents(self) -> int:
        """What its invoice asks for: the lines and what taxes add to them, or take off."""
        return sum(line.cents for line in self.lines) + self.tax_cents

    @property
    def tax_cents(self) -> int:
        return sum(cents for _, cents in self.taxes)

    @property
    def net(self) -> Money:
        return Money(self.net_cents, self.amount.currency)

    @property
    def due_now(self) -> Money:
        return Money(max(self.net_cents, 0), self.amount.currency)

    @property
    def to_wallet(self) -> Money:
        return Money(max(-self.net_cents, 0), self.amount.currency)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change that was confirmed."""

    id: UUID
    subscription_id: UUID
    price_id: UUID
    status: ChangeStatus
    description: str
    cycle: Cycle
    amount: Money
    net: Money
    effective_on: date
    drop_on: date | None
    invoice_id: UUID | None
    asked_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
