"""A customer agrees to the terms of what was ordered for them."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import TermsChanged
from alicerce.apps.orders.errors import NoSuchOrder
from alicerce.apps.orders.models import Order
from alicerce.kernel.db import transaction


@transaction()
def accept_terms(*, order_id: UUID, version: int, at: datetime) -> bool:
    """To the version that was read, which is the one in force. False when nobody waits for it.

    Raises NoSuchOrder, TermsChanged.
    """
    try:
        order: Order = Order.objects.lock(order_id)
    except Order.DoesNotExist:
        raise NoSuchOrder from None
    in_force = catalog.terms_in_force()
    if in_force is None or in_force.version != version:
        raise TermsChanged
    if not order.accept(version):
        return False
    audit.record(
        action="order.terms_accepted",
        entity="order",
        entity_id=order_id,
        after={"terms_version": version},
        at=at,
    )
    return True
