"""What orders do when something happens."""

from alicerce.apps.billing.events import InvoicePaid
from alicerce.apps.orders.events import OrderPlaced
from alicerce.apps.orders.services.acknowledge_order import acknowledge_order
from alicerce.apps.orders.services.release_order import release_order
from alicerce.kernel.jobs import on


@on(OrderPlaced, queue="bulk")
def acknowledge_placed_order(placed: OrderPlaced) -> None:
    acknowledge_order(order_id=placed.order_id, at=placed.at)


def is_of_an_order(paid: InvoicePaid) -> bool:
    return paid.order_id is not None


@on(InvoicePaid, when=is_of_an_order)
def release_paid_order(paid: InvoicePaid) -> None:
    assert paid.order_id is not None
    release_order(order_id=paid.order_id, at=paid.at)
