"""Facts of orders."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class OrderPlaced(Event):
    name: ClassVar[str] = "order.placed"

    order_id: UUID
    customer_id: UUID


class LineReady(Event):
    """A paid order line waits to be delivered by whoever knows its kind."""

    name: ClassVar[str] = "order.line_ready"

    line_id: UUID
    order_id: UUID
    customer_id: UUID
    kind: str
    spec: dict[str, str]


class LineFulfilled(Event):
    name: ClassVar[str] = "order.line_fulfilled"

    line_id: UUID
    order_id: UUID


class LineFailed(Event):
    name: ClassVar[str] = "order.line_failed"

    line_id: UUID
    order_id: UUID
    reason: str


class OrderCompleted(Event):
    name: ClassVar[str] = "order.completed"

    order_id: UUID
