"""Offer what was paid to the apps that deliver."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.orders.events import LineReady
from alicerce.apps.orders.models import Line, Order
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def release_order(*, order_id: UUID, at: datetime, paid_by: str = "") -> None:
    """Offer every line of a paid order to the apps that deliver. Safe to repeat."""
    order = Order.objects.lock(order_id)
    if not order.release(paid_by=paid_by):
        return
    audit.record(action="order.released", entity="order", entity_id=order.id, at=at)
    for line in Line.objects.filter(order_id=order_id).order_by("id"):
        if line.deliver():
            _offer(line, order, at=at)


def _offer(line: Line, order: Order, *, at: datetime) -> None:
    publish(
        LineReady(
            at=at,
            line_id=line.id,
            order_id=order.id,
            customer_id=order.customer_id,
            kind=line.kind,
            spec=line.spec,
        )
    )
