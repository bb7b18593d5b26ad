"""The words of subscriptions. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date
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


class Scope(StrEnum):
    """How much of what is delivered stops."""

    WEB = "web"
    ALL = "all"


class SuspendCause(StrEnum):
    UNPAID = "unpaid"
    STAFF = "staff"
    ABUSE = "abuse"


class EndCause(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    UNPAID = "unpaid"
    PERIOD_END = "period_end"
    ORDER_CANCELED = "order_canceled"


class ParkReason(StrEnum):
    """Why a customer is not billed until somebody looks."""

    LINES = "lines"
    AMOUNT = "amount"
    FAILED = "failed"


class ItemKind(StrEnum):
    PLAN = "plan"
    OPTION = "option"
    ADDON = "addon"


@dataclass(frozen=True, slots=True)
class NewItem:
    """A part of what is sold, at its price of each cycle."""

    kind: ItemKind
    description: str
    quantity: int
    unit_cents: int

    @property
    def total_cents(self) -> int:
        return self.quantity * self.unit_cents


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
