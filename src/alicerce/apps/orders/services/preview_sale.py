"""What an order for a customer would cost them, to the cent. Nothing is written."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import Quote
from alicerce.apps.customers import public as customers
from alicerce.apps.orders.errors import NoSuchBuyer
from alicerce.apps.orders.ports import Place
from alicerce.apps.orders.services.asked_for import seen
from alicerce.apps.orders.services.place_order import refuse_old_terms, refuse_our_own
from alicerce.apps.orders.services.placing_at import place_of
from alicerce.apps.orders.services.pricing import priced
from alicerce.apps.orders.services.starting import invoice_day, start_of
from alicerce.apps.orders.types import Extras, Sale
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class SalePreview:
    """At the prices of this moment, with the taxes of this customer."""

    quote: Quote
    taxes: TaxPreview
    seen: str
    addons: tuple[Quote, ...] = ()
    starts_on: date | None = None
    invoice_on: date | None = None
    place: Place | None = None

    @property
    def due_now(self) -> Money:
        return self.quote.due_now if self.quote.trial_days else self.taxes.total


def preview_sale(
    *,
    customer_id: UUID,
    price_id: UUID,
    domain: str,
    extras: Extras,
    sale: Sale,
    at: datetime,
) -> SalePreview:
    """Raises NoSuchBuyer, and what `place_order` raises before it writes."""
    try:
        locale = customers.customer(customer_id).locale
    except ObjectDoesNotExist:
        raise NoSuchBuyer from None
    refuse_our_own(domain=domain)
    refuse_old_terms(extras=extras)
    found = priced(price_id=price_id, extras=extras, sale=sale, at=at)
    catalog.answers_to(plan_id=found.plan.plan.plan_id, said=extras.answers)
    place = place_of(sale=sale, plan=found.plan.plan, at=at)
    starts_on = start_of(sale=sale, is_trial=bool(found.plan.trial_days), at=at)
    lines = found.lines(name=domain, locale=locale)
    taxes = billing.preview_taxes(customer_id=customer_id, lines=lines, at=at)
    return SalePreview(
        found.plan,
        taxes,
        seen(domain=domain, extras=extras, sale=sale, quotes=found.quotes, taxes=taxes),
        found.addons,
        starts_on,
        invoice_day(starts_on=starts_on, at=at),
        place,
    )
