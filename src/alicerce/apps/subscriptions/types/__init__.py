"""The words of subscriptions. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.money import Money


class SubscriptionStatus(StrEnum):
    PENDING = "pending"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    SUSPENDED = "suspended"
    ENDED = "ended"


RUNNING = frozenset(
    {SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE}
)
"""Delivered, and billed when its time comes."""


GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class LimitUse:
    """What plan, options and add-ons allow together, and how much of it there is.

    `used` is None where only the server counts it and nobody read it yet, `most` where there is no limit.
    `seen_at` is when the server said it, of what a server counts.
    """

    key: str
    most: int | None
    used: int | None
    used_bytes: int | None = None
    seen_at: datetime | None = None

    @property
    def is_full(self) -> bool:
        if self.most is None or self.used is None:
            return False
        whole = self.used if self.used_bytes is None else self.used_bytes // GIGABYTE
        return whole >= self.most


class Scope(StrEnum):
    """How much of what is delivered stops."""

    WEB = "web"
    ALL = "all"


class SuspendCause(StrEnum):
    UNPAID = "unpaid"
    STAFF = "staff"
    ABUSE = "abuse"
    DISPUTE = "dispute"
    PARENT = "parent"


class EndCause(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    UNPAID = "unpaid"
    PERIOD_END = "period_end"
    ORDER_CANCELED = "order_canceled"
    PARENT = "parent"


class ParkReason(StrEnum):
    """Why a customer is not billed until somebody looks."""

    LINES = "lines"
    AMOUNT = "amount"
    FAILED = "failed"


class ItemKind(StrEnum):
    PLAN = "plan"
    OPTION = "option"
    ADDON = "addon"


LEAST_NOTICE, MOST_NOTICE = 10, 180
"""So many days before it a price that changes is told, at least and at most."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days ahead renewals are invoiced and price changes told; beyond what a person looks first."""

    days_ahead: int = 7
    most_lines: int = 15
    most_times: int = 5
    notice_days: int = 30


@dataclass(frozen=True, slots=True)
class NewItem:
    """A part of what is sold, at its price of each cycle; the option of the catalog that it is of, if any."""

    kind: ItemKind
    description: str
    quantity: int
    unit_cents: int
    option_id: UUID | None = None
    choice_id: UUID | None = None

    @property
    def total_cents(self) -> int:
        return self.quantity * self.unit_cents


@dataclass(frozen=True, slots=True)
class NewDiscount:
    """What each cycle is cheaper by: basis points of it, or cents; for so many more cycles, or for ever."""

    description: str
    percent_bp: int | None
    amount_cents: int | None
    cycles_left: int | None


@dataclass(frozen=True, slots=True)
class Sold:
    """A plan as it was sold: its price, and the version of the items that it brings."""

    price_id: UUID
    description: str
    cycle: Cycle
    amount_cents: int
    version: int


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """What others see of a subscription. `period` is the last one billed; none before the first payment."""

    id: UUID
    customer_id: UUID
    line_id: UUID
    description: str
    status: SubscriptionStatus
    scope: str
    cause: str
    period: Period | None
    amount: Money
    cycle: Cycle
    cancel_at_period_end: bool
    is_paused: bool
    next_bill_on: date | None
    next_starts_on: date | None = None
    ends_on: date | None = None
    end_cause: str = ""
    order_id: UUID | None = None
    trial_ends_on: date | None = None
    parent_id: UUID | None = None

    @property
    def is_trialing(self) -> bool:
        return self.status == SubscriptionStatus.TRIALING

    @property
    def has_started(self) -> bool:
        return self.status != SubscriptionStatus.PENDING

    @property
    def has_ended(self) -> bool:
        return self.status == SubscriptionStatus.ENDED


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """One page of a list, newest first; `next_before` asks for the following one."""

    subscriptions: tuple[SubscriptionCard, ...]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class BilledPeriodView:
    """Days that were invoiced, and by which invoice."""

    period: Period
    invoice_id: UUID
    amount: Money


@dataclass(frozen=True, slots=True)
class RunView:
    """A billing run and what its batches sum to."""

    id: UUID
    on: date
    started_at: datetime
    finished_at: datetime | None
    due: int
    customers: int
    invoices: int
    renewals: int
    parked: int
    totals: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class ParkedCustomer:
    customer_id: UUID
    reason: ParkReason
    detail: str
    parked_at: datetime
