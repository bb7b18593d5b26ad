"""The words of orders. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class OrderStatus(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    DELIVERING = "delivering"
    COMPLETED = "completed"
    CANCELED = "canceled"


class LineStatus(StrEnum):
    WAITING = "waiting"
    DELIVERING = "delivering"
    FULFILLED = "fulfilled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, as they typed it, already normalized; `user_id` is who is signed in, if anybody."""

    name: str
    email: str
    document: str
    document_kind: str
    locale: str = "pt-br"
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LineCard:
    id: UUID
    order_id: UUID
    customer_id: UUID
    kind: str
    spec: dict[str, str]
    status: LineStatus


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order as its buyer sees it."""

    id: UUID
    number: int
    token: str
    status: OrderStatus
    customer_id: UUID
    description: str
    domain: str
    cycle: str
    total: Money
    placed_at: datetime
    lines: tuple[LineCard, ...]
