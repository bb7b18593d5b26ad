"""Take an order for a customer we know."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from alicerce.apps.customers import public as customers
from alicerce.apps.orders import queries
from alicerce.apps.orders.errors import NoSuchBuyer
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.place_order import NOTHING_MORE, place_order
from alicerce.apps.orders.types import Buyer, Extras, Sale
from alicerce.kernel import locks
from alicerce.kernel.db import transaction

BY_LIST = Sale()
"""At the catalog's prices, told by letter, with nothing said of terms."""


@transaction()
def order_for_customer(
    *,
    customer_id: UUID,
    price_id: UUID,
    domain: str,
    at: datetime,
    extras: Extras = NOTHING_MORE,
    sale: Sale = BY_LIST,
) -> UUID:
    """Order a plan for a domain on a customer's behalf; the order's id, the same for the same token.

    Raises NoSuchBuyer, and what `place_order` raises.
    """
    if sale.token:
        locks.hold(f"order:{sale.token}")
        if (
            placed := Order.objects.filter(token=sale.token)
            .values_list("id", flat=True)
            .first()
        ):
            return UUID(str(placed))
    try:
        known = customers.customer(customer_id)
    except ObjectDoesNotExist:
        raise NoSuchBuyer from None
    buyer = Buyer(
        name=known.name,
        email=known.email,
        document=known.document,
        document_kind=known.document_kind,
        locale=known.locale,
    )
    token = place_order(
        price_id=price_id, domain=domain, buyer=buyer, at=at, extras=extras, sale=sale
    )
    order = queries.order_of_token(token)
    assert order.customer_id == customer_id, "the order went to somebody else"
    return order.id
