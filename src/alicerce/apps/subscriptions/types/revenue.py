"""The words of what subscriptions bring each month."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class MovementKind(StrEnum):
    """What a change means for the customer it is of, not for one of their subscriptions."""

    NEW = "new"
    EXPANSION = "expansion"
    CONTRACTION = "contraction"
    CHURN = "churn"
    REACTIVATION = "reactivation"


LOSSES = (MovementKind.CONTRACTION, MovementKind.CHURN)


@dataclass(frozen=True, slots=True)
class MovementView:
    id: UUID
    subscription_id: UUID
    customer_id: UUID
    description: str
    on: date
    kind: MovementKind
    delta: Money


@dataclass(frozen=True, slots=True)
class Bringing:
    """What one subscription brought each month at the end of a day."""

    subscription_id: UUID
    customer_id: UUID
    description: str
    price_id: UUID
    amount: Money


@dataclass(frozen=True, slots=True)
class Base:
    """Customers who brought anything at the end of a day, and how much they brought."""

    customers: int
    cents: int
