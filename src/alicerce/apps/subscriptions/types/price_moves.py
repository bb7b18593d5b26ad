"""The words of moving subscriptions to another price of their plan. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.money import Money


class MoveStatus(StrEnum):
    """Where a move of prices stands: some wait, none does any more, or it was called off."""

    SCHEDULED = "scheduled"
    DONE = "done"
    CANCELED = "canceled"


class MovedStatus(StrEnum):
    """Where one subscription of it stands."""

    WAITING = "waiting"
    APPLIED = "applied"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class MoveForm:
    """Who pays the price that is in force, from the first renewal on or after a day. No versions are all."""

    price_id: UUID
    first_on: date
    from_price_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Moving:
    """A subscription that would move: what it asks for each cycle, before and after, and from when."""

    subscription_id: UUID
    customer_id: UUID
    from_price_id: UUID
    unit_cents: int
    before_cents: int
    after_cents: int
    effective_on: date
    tell_on: date


@dataclass(frozen=True, slots=True)
class MoveSums:
    """How many move, and what they bring each cycle and each month, before and after."""

    subscriptions: int
    customers: int
    before: Money
    after: Money
    monthly_before: Money
    monthly_after: Money


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a move would do, to the cent. Nothing was written."""

    price_id: UUID
    plan_id: UUID
    plan_name: str
    cycle: Cycle
    amount: Money
    first_on: date
    notice_days: int
    from_price_ids: tuple[UUID, ...]
    sums: MoveSums
    first_effective_on: date | None
    last_effective_on: date | None
    own_price: int
    leaving: int
    in_another: int
    rows: Sequence[Moving]


@dataclass(frozen=True, slots=True)
class MoveProgress:
    """Of its subscriptions, how many were told of it, pay the new price, left, and wait."""

    told: int
    applied: int
    left: int
    waiting: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move that was confirmed, and how far it has come."""

    id: UUID
    price_id: UUID
    plan_id: UUID
    from_price_ids: tuple[UUID, ...]
    status: MoveStatus
    cycle: Cycle
    amount: Money
    first_on: date
    notice_days: int
    reason: str
    sums: MoveSums
    progress: MoveProgress
    asked_at: datetime
    canceled_at: datetime | None


@dataclass(frozen=True, slots=True)
class MovedView:
    """One subscription of a move."""

    id: UUID
    subscription_id: UUID
    description: str
    before: Money
    after: Money
    effective_on: date
    status: MovedStatus
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class PriceToCome:
    """What a subscription will cost each cycle, from the day that its customer was told of."""

    before: Money
    after: Money
    effective_on: date


@dataclass(frozen=True, slots=True)
class NextPrice:
    """The first renewal at another price: of which version of items the next one is made.

    `change_id` is a change of options that begins with the same period: the price goes with it.
    """

    moved_id: UUID
    price_id: UUID
    old_cents: int
    cents: int
    from_version: int
    version: int
    change_id: UUID | None
