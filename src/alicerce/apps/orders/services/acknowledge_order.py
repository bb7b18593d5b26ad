"""Send the buyer the link to their order."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.orders.services.trial_link import send_trial_link
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction()
def acknowledge_order(*, order_id: UUID, at: datetime) -> None:
    """Send the buyer the link to their order, or the one that begins their trial. Safe to repeat.

    Nothing is sent of an order whose link somebody of the company did not want to be sent.
    """
    order = queries.order(order_id)
    if order.awaits_proof:
        send_trial_link(order_id=order_id, at=at)
        return
    if not order.writes:
        return
    buyer = customers.customer(order.customer_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    notify.send(
        template="order_received",
        to=buyer.email,
        key=f"order-received:{order.id}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "total": str(order.total),
            "ways": _ways(buyer.locale),
            "link_order": f"{base_url}/pedido/{order.token}/",
        },
        at=at,
        locale=buyer.locale,
    )


def _ways(locale: str) -> str:
    with translation.override(locale):
        return billing.offered_words()
