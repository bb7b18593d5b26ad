"""Orders do not wait for ever."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.orders.errors import OrderNotUnpaid
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.rules import UNPAID_FOR
from alicerce.apps.orders.services.cancel_order import cancel_order
from alicerce.apps.orders.types import CancelCause
from alicerce.kernel.db import transaction

BATCH = 200


def expire_orders(*, at: datetime) -> int:
    """Cancel what nobody paid in time, each on its own; how many that was.

    One that somebody can pay right now is left alone until what they were shown has lapsed. One that
    cannot be canceled does not stand in the way of the others; it is told at the end.
    """
    expired, troubles = 0, []
    for order_id in _lapsed(at):
        try:
            expired += _expire(order_id, at=at)
        except Exception as trouble:  # noqa: BLE001  raised below, with those of the others
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("orders that did not expire", troubles)
    return expired


@transaction()
def _lapsed(at: datetime) -> list[UUID]:
    lapsed = Order.objects.unpaid_since(at - UNPAID_FOR).order_by("placed_at")
    found = list(lapsed.values_list("id", flat=True)[:BATCH])
    being_paid = billing.orders_being_paid(found)
    return [order_id for order_id in found if order_id not in being_paid]


def _expire(order_id: UUID, *, at: datetime) -> bool:
    try:
        return cancel_order(order_id=order_id, cause=CancelCause.EXPIRED, at=at)
    except OrderNotUnpaid:
        return False
