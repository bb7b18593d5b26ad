"""What begins later: its invoice is issued some days before, and what was paid for begins on its day."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.orders import queries
from alicerce.apps.orders.events import OrderDayCame, OrderInvoiced
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.asked_for import lines_as_sold
from alicerce.apps.orders.services.cancel_order import cancel_given_back
from alicerce.apps.orders.services.release_order import offer_lines
from alicerce.apps.orders.types import OrderStatus
from alicerce.apps.taxes.public import local_day
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

BATCH = 200


def wake_orders(*, at: datetime) -> int:
    """See to those whose day is here, each on its own. Safe to repeat; how many that was.

    One that cannot be dealt with does not stand in the way of the others; it is told at the end.
    """
    woken, troubles = 0, []
    for order_id in _waking(at):
        try:
            woken += _wake(order_id, at=at)
        except Exception as trouble:  # noqa: BLE001  raised below, with those of the others
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("orders whose day was not seen to", troubles)
    return woken


@transaction()
def _waking(at: datetime) -> list[UUID]:
    waking = Order.objects.waking(local_day(at)).order_by("wakes_on", "id")
    return list(waking.values_list("id", flat=True)[:BATCH])


@transaction()
def _wake(order_id: UUID, *, at: datetime) -> bool:
    order: Order = Order.objects.lock(order_id)
    if order.wakes_on is None or order.wakes_on > local_day(at):
        return False
    if cancel_given_back(order=order, at=at):
        return True
    order.wake(None)
    if order.status == OrderStatus.AWAITING_PAYMENT:
        _invoice(order, at=at)
    elif order.status == OrderStatus.DELIVERING:
        offer_lines(order=order, at=at)
        publish(OrderDayCame(at=at, order_id=order.id))
    return True


def _invoice(order: Order, *, at: datetime) -> None:
    """Of what was agreed to, whatever the catalog says by now."""
    assert order.starts_on, "it begins later"
    sold = queries.order(order.id).lines
    locale = customers.customer(order.customer_id).locale
    billing.invoice_for_order(
        customer_id=order.customer_id,
        order_id=order.id,
        lines=lines_as_sold(lines=sold, locale=locale),
        due_on=max(order.starts_on, local_day(at)),
        at=at,
    )
    publish(OrderInvoiced(at=at, order_id=order.id))
