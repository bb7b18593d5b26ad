"""Take an order of what no shop shows, for a customer who is known to have asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog.types import Quote
from alicerce.apps.customers import public as customers
from alicerce.apps.orders.services.asked_for import invoice_lines
from alicerce.apps.orders.services.place_order import Asked, write_order
from alicerce.kernel.db import transaction


@dataclass(frozen=True, slots=True)
class ProductOrder:
    """What is ordered, at what was quoted; what it is for has a name, and its deliverer needs to know more."""

    customer_id: UUID
    quote: Quote
    name: str
    spec: Mapping[str, str]

    def lines(self) -> list[NewLine]:
        """As its invoice would say them, before taxes."""
        locale = customers.customer(self.customer_id).locale
        return invoice_lines(quote=self.quote, domain=self.name, locale=locale)


@transaction(shared=True)
def order_product(*, wanted: ProductOrder, at: datetime) -> UUID:
    """Its invoice is issued now, or its trial begins; the order's id. Raises what `catalog.take` raises."""
    asked = Asked(
        wanted.customer_id,
        wanted.quote,
        wanted.name,
        customers.customer(wanted.customer_id).locale,
        wanted.spec,
    )
    order = write_order(asked=asked, is_theirs=True, at=at)
    return UUID(str(order.id))
