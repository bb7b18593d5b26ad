"""What orders do when something happens."""

from alicerce.apps.billing.events import InvoicePaid
from alicerce.apps.orders import services
from alicerce.kernel.jobs import on


def is_of_an_order(paid: InvoicePaid) -> bool:
    return paid.order_id is not None


@on(InvoicePaid, when=is_of_an_order)
def release_paid_order(paid: InvoicePaid) -> None:
    assert paid.order_id is not None
    services.release_order(order_id=paid.order_id, at=paid.at)
