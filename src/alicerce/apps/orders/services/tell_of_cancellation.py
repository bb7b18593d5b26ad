"""Tell the buyer that their order was canceled."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction()
def tell_of_cancellation(*, order_id: UUID, at: datetime) -> None:
    """Tell the buyer that their order was canceled, and why where somebody said so. Safe to repeat."""
    order = queries.order_detail(order_id)
    buyer = customers.customer(order.customer_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    notify.send(
        template="order_canceled",
        to=buyer.email,
        key=f"order-canceled:{order.id}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "reason": order.cancel_reason,
            "link_site": f"{base_url}/",
        },
        at=at,
        locale=buyer.locale,
    )
