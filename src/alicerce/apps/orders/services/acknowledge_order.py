"""Send the buyer the link to their order."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.orders.services.trial_link import send_trial_link
from alicerce.apps.orders.types import OrderCard
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.ui.formats import day


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
        key=f"order-{'later' if order.invoice_on else 'received'}:{order.id}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "total": str(order.total),
            "ways": "" if order.invoice_on else _ways(buyer.locale),
            **_later(order, buyer.locale),
            "link_order": f"{base_url}/pedido/{order.token}/",
        },
        at=at,
        locale=buyer.locale,
    )


def _later(order: OrderCard, locale: str) -> dict[str, str]:
    """When it begins, and when its invoice comes, of what is neither begun nor invoiced."""
    with translation.override(locale):
        starts, invoiced = order.starts_on, order.invoice_on
        return {
            "starts": day(starts) if starts else "",
            "invoiced": day(invoiced) if invoiced else "",
        }


def _ways(locale: str) -> str:
    with translation.override(locale):
        return billing.offered_words()
