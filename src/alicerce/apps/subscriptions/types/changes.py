"""The words of changes, of the plan or of what goes with it: what they cost, shown first. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import LineKind, Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.types import NewItem
from alicerce.kernel.money import Money


class ChangeWhen(StrEnum):
    NOW = "now"
    PERIOD_END = "period_end"


class ChangeKind(StrEnum):
    """Another plan; or more, less or other of what goes with the plan."""

    PLAN = "plan"
    ITEMS = "items"
    PRICE = "price"


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
    """Days of what was that are given back, below zero, or of what comes that are asked for."""

    kind: LineKind
    description: str
    period: Period
    cents: int


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change costs, to the cent. `begins` is the period that starts with it, if it starts one.

    `effective_on` is its first day, once what is due is paid; `items` is all that is in force then.
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
    items: tuple[NewItem, ...] = ()
    kind: ChangeKind = ChangeKind.PLAN

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
    kind: ChangeKind = ChangeKind.PLAN

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
