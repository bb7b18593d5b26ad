"""What an order costs: its plan and the add-ons bought together with it, by the catalog or as it is sold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import AddonCycle, NotForSale, TotalTooLarge
from alicerce.apps.catalog.types import Quote, fits_in
from alicerce.apps.orders.errors import AddonsNotTried, AddonTwice, BadAddon, BadSalePrice
from alicerce.apps.orders.rules import MOST_ORDER_CENTS, is_sound, repriced
from alicerce.apps.orders.services.asked_for import invoice_lines
from alicerce.apps.orders.types import ChosenAddon, Extras, Sale
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Priced:
    """A plan and what is bought with it, each at its own prices."""

    plan: Quote
    addons: tuple[Quote, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return (self.plan, *self.addons)

    @property
    def due_now(self) -> Money:
        more = sum(addon.due_now.cents for addon in self.addons)
        return self.plan.due_now + Money(more, self.plan.due_now.currency)

    def lines(self, *, name: str, locale: str) -> list[NewLine]:
        """As the invoice asks for all of it."""
        return [
            line
            for quote in self.quotes
            for line in invoice_lines(quote=quote, domain=name, locale=locale)
        ]


def priced(*, price_id: UUID, extras: Extras, sale: Sale | None, at: datetime) -> Priced:
    """Raises what `catalog.quote` raises, BadSalePrice, AddonsNotTried, BadAddon, TotalTooLarge."""
    plan = _plan(price_id, extras, sale, at)
    if extras.addons and plan.trial_days:
        raise AddonsNotTried
    found = Priced(plan, tuple(_addons(plan, extras.addons, at)))
    if found.due_now.cents > MOST_ORDER_CENTS:
        raise TotalTooLarge
    return found


def _plan(price_id: UUID, extras: Extras, sale: Sale | None, at: datetime) -> Quote:
    quote = catalog.quote(
        price_id=price_id,
        chosen=extras.chosen,
        coupon=extras.coupon,
        skip_trial=extras.skip_trial,
        at=at,
    )
    if sale is None or not sale.reprices:
        return quote
    if not sale.price_reason or not is_sound(sale, quote):
        raise BadSalePrice
    return repriced(sale, quote)


def _addons(plan: Quote, wanted: tuple[ChosenAddon, ...], at: datetime) -> Iterator[Quote]:
    """What is refused says which of them it is."""
    had: set[UUID] = set()
    for place, one in enumerate(wanted):
        try:
            quote = _addon(plan, one, at)
            if quote.plan.plan_id in had:
                raise AddonTwice
        except Refused as refused:
            raise BadAddon(place, refused) from None
        had.add(quote.plan.plan_id)
        yield quote


def _addon(plan: Quote, wanted: ChosenAddon, at: datetime) -> Quote:
    quote = catalog.quote_addon(
        price_id=wanted.price_id,
        beside=plan.plan.price_id,
        quantity=wanted.quantity,
        chosen=wanted.chosen,
        at=at,
    )
    if quote.total.currency != plan.total.currency:
        raise NotForSale
    if not fits_in(quote.plan.cycle, plan.plan.cycle):
        raise AddonCycle
    return quote
