"""What subscriptions do when something happens."""

from alicerce.apps.billing.events import InvoicePaid
from alicerce.apps.orders.events import OrderCanceled, OrderPlaced
from alicerce.apps.subscriptions.services.follow_order import (
    drop_subscriptions,
    open_subscriptions,
    start_subscriptions,
)
from alicerce.kernel.jobs import on


@on(OrderPlaced)
def open_ordered_subscriptions(placed: OrderPlaced) -> None:
    open_subscriptions(order_id=placed.order_id, at=placed.at)


def is_of_an_order(paid: InvoicePaid) -> bool:
    return paid.order_id is not None


@on(InvoicePaid, when=is_of_an_order)
def start_paid_subscriptions(paid: InvoicePaid) -> None:
    assert paid.order_id is not None
    start_subscriptions(order_id=paid.order_id, invoice_id=paid.invoice_id, at=paid.at)


@on(OrderCanceled)
def drop_canceled_subscriptions(canceled: OrderCanceled) -> None:
    drop_subscriptions(order_id=canceled.order_id, at=canceled.at)
