"""What became of a line: delivered, failed, or tried again."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.orders.events import LineFailed, LineFulfilled, OrderCompleted
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.types import LineStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def fulfil_line(*, line_id: UUID, at: datetime) -> None:
    """Record that a line was delivered; the order completes with its last line."""
    line = Line.objects.lock(line_id)
    if not line.fulfil(at=at):
        return
    publish(LineFulfilled(at=at, line_id=line.id, order_id=line.order_id))
    order = Order.objects.lock(line.order_id)
    waiting = Line.objects.filter(order_id=order.id).exclude(status=LineStatus.FULFILLED)
    if not waiting.exists() and order.complete(at=at):
        audit.record(action="order.completed", entity="order", entity_id=order.id, at=at)
        publish(OrderCompleted(at=at, order_id=order.id))


@transaction(shared=True)
def fail_line(*, line_id: UUID, reason: str, at: datetime) -> None:
    """Record that a line could not be delivered. Safe to repeat."""
    line = Line.objects.lock(line_id)
    if line.fail(reason):
        publish(LineFailed(at=at, line_id=line.id, order_id=line.order_id, reason=reason[:300]))
        audit.record(
            action="order.line_failed",
            entity="order",
            entity_id=line.order_id,
            after={"reason": reason[:300]},
            at=at,
        )


@transaction(shared=True)
def retry_line(*, line_id: UUID, at: datetime) -> None:
    """Record that a failed line is being delivered again."""
    line = Line.objects.lock(line_id)
    if line.retry():
        audit.record(
            action="order.line_retried", entity="order", entity_id=line.order_id, at=at
        )
