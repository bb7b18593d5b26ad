"""Take an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import TermsChanged
from alicerce.apps.catalog.types import Answer, Quote
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import NewCustomer
from alicerce.apps.orders.errors import (
    BadAddon,
    DomainTaken,
    OrderTotalChanged,
    SaleChanged,
    TooManyOrders,
)
from alicerce.apps.orders.events import OrderPlaced
from alicerce.apps.orders.models import Line, Order, OrderCounter
from alicerce.apps.orders.ports import Place
from alicerce.apps.orders.rules import kept, sold_as
from alicerce.apps.orders.services.asked_for import describe, discount_of, items_of, seen
from alicerce.apps.orders.services.keep_answers import keep_answers
from alicerce.apps.orders.services.placing_at import place_of
from alicerce.apps.orders.services.pricing import Priced, priced
from alicerce.apps.orders.services.release_order import begin_trial, keeps_card
from alicerce.apps.orders.services.starting import invoice_day, start_of
from alicerce.apps.orders.types import Buyer, Extras, OrderStatus, Sale
from alicerce.apps.taxes.public import local_day
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import publish

WINDOW = timedelta(hours=1)
MOST_UNPAID = 5
NOTHING_MORE = Extras()


@transaction()
def place_order(
    *,
    price_id: UUID,
    domain: str,
    buyer: Buyer,
    at: datetime,
    extras: Extras = NOTHING_MORE,
    sale: Sale | None = None,
) -> str:
    """Order a plan for a domain; the token of the order's page. The prices are always ours.

    `sale` is of who orders for a customer: only they change a price, always with a reason.

    A trial asks for nothing; it begins now for a signed-in person of the customer, and for others when
    they answer the letter. Raises what `priced`, `catalog.answers_to` and `catalog.take` raise,
    TermsChanged, DomainTaken, TooManyOrders, NotServed, BadStart, NoRoomThere, SaleChanged, OrderTotalChanged.
    """
    refuse_our_own(domain=domain)
    refuse_old_terms(extras=extras)
    found = priced(price_id=price_id, extras=extras, sale=sale, at=at)
    quote = found.plan
    place = place_of(sale=sale, plan=quote.plan, at=at)
    answers = catalog.answers_to(plan_id=quote.plan.plan_id, said=extras.answers)
    customer_id = _recognize(buyer, at=at)
    if _is_bounded(sale, quote):
        _refuse_abuse(customer_id, at=at)
    asked = Asked(
        customer_id,
        quote,
        domain,
        buyer.locale,
        {"domain": domain},
        answers,
        sale,
        found.addons,
        place,
    )
    _refuse_unseen(asked, extras, at=at)
    order = write_order(
        asked=asked,
        is_theirs=_is_theirs(buyer, customer_id),
        at=at,
        terms_version=extras.terms_version,
    )
    return order.token


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody orders, for whom, and the name of what it is for."""

    customer_id: UUID
    quote: Quote
    name: str
    locale: str
    spec: Mapping[str, str]
    answers: Sequence[Answer] = ()
    sale: Sale | None = None
    addons: tuple[Quote, ...] = ()
    place: Place | None = None

    @property
    def where(self) -> dict[str, str]:
        """Of the plan alone: add-ons live where it does."""
        return self.place.spec if self.place else {}

    @property
    def priced(self) -> Priced:
        return Priced(self.quote, self.addons)


@transaction(shared=True)
def write_order(
    *, asked: Asked, is_theirs: bool, at: datetime, terms_version: int | None = None
) -> Order:
    """The order, its line and its invoice; a trial begins for who is known to have asked for it."""
    quote, customer_id = asked.quote, asked.customer_id
    starts_on = start_of(sale=asked.sale, is_trial=bool(quote.trial_days), at=at)
    invoice_on, today = invoice_day(starts_on=starts_on, at=at), local_day(at)
    order: Order = Order.objects.create(
        number=OrderCounter.next(),
        customer_id=customer_id,
        token=(asked.sale and asked.sale.token) or token_urlsafe(32),
        currency=quote.total.currency,
        total_cents=asked.priced.due_now.cents,
        placed_at=at,
        starts_on=starts_on,
        wakes_on=invoice_on if invoice_on > today else None,
        terms_version=terms_version,
        **(sold_as(asked.sale, by=current().signature) if asked.sale else {}),
        trial_days=quote.trial_days,
        trial_card=quote.trial_card,
        trial_agreed=quote.trial_card and is_theirs,
    )
    _add_lines(order, asked)
    keep_answers(order_id=order.id, answers=asked.answers)
    _take(order, asked, at=at)
    if not quote.trial_days and invoice_on <= today:
        _invoice(order, asked, at=at)
    _tell(order, asked, at=at)
    may_begin = not quote.trial_card or keeps_card(customer_id=customer_id, at=at)
    if quote.trial_days and may_begin and is_theirs:
        begin_trial(order_id=order.id, at=at)
    return order


def _take(order: Order, asked: Asked, *, at: datetime) -> None:
    """In one order of plans, whoever asks: of two that want the same, one waits for the other."""
    quotes = enumerate((asked.quote, *asked.addons), start=-1)
    for place, quote in sorted(quotes, key=lambda one: one[1].plan.plan_id):
        try:
            catalog.take(order_id=order.id, customer_id=order.customer_id, quote=quote, at=at)
        except Refused as refused:
            raise (refused if place < 0 else BadAddon(place, refused)) from None


def _repriced_words(asked: Asked) -> dict[str, Any]:
    """What the trail keeps of a price that was not the catalog's."""
    if asked.sale is None or not asked.sale.reprices:
        return {}
    return {
        "plan_cents": asked.sale.plan_cents,
        "off_cents": asked.sale.off_cents,
        "reason": Personal(asked.sale.price_reason, of=f"customer:{asked.customer_id}"),
    }


def _tell(order: Order, asked: Asked, *, at: datetime) -> None:
    audit.record(
        action="order.placed",
        entity="order",
        entity_id=order.id,
        after={
            "number": order.number,
            "price_id": asked.quote.plan.price_id,
            "domain": Personal(asked.name, of=f"customer:{asked.customer_id}"),
            **({"terms_version": order.terms_version} if order.terms_version else {}),
            **({"starts_on": order.starts_on} if order.starts_on else {}),
            **({"server": asked.place.name} if asked.place else {}),
            **_repriced_words(asked),
        },
        at=at,
    )
    publish(OrderPlaced(at=at, order_id=order.id, customer_id=asked.customer_id))


def _is_theirs(buyer: Buyer, customer_id: UUID) -> bool:
    """Nobody signs in who has not shown that their mailbox is theirs."""
    if buyer.user_id is None:
        return False
    return customer_id in customers.customers_of_user(buyer.user_id)


def _invoice(order: Order, asked: Asked, *, at: datetime) -> None:
    billing.invoice_for_order(
        customer_id=order.customer_id,
        order_id=order.id,
        lines=asked.priced.lines(name=asked.name, locale=asked.locale),
        due_on=order.starts_on or local_day(at),
        at=at,
    )


def refuse_our_own(*, domain: str) -> None:
    if tenancy.tenant_of_host(domain) or tenancy.tenant_of_host(domain.partition(".")[2]):
        raise DomainTaken


def refuse_old_terms(*, extras: Extras) -> None:
    """Who agreed, agreed to what is in force."""
    if extras.terms_version is None:
        return
    now = catalog.terms_in_force()
    if now is None or now.version != extras.terms_version:
        raise TermsChanged


def _refuse_unseen(asked: Asked, extras: Extras, *, at: datetime) -> None:
    """What is written is what was shown to who pressed last; the same prices say both."""
    sale, priced = asked.sale, asked.priced
    if sale is None or not (sale.seen or sale.expected_cents is not None):
        return
    lines = priced.lines(name=asked.name, locale=asked.locale)
    taxes = billing.preview_taxes(customer_id=asked.customer_id, lines=lines, at=at)
    due = priced.due_now if asked.quote.trial_days else taxes.total
    if sale.expected_cents not in (None, due.cents):
        raise OrderTotalChanged
    if not sale.seen:
        return
    shown = seen(domain=asked.name, extras=extras, sale=sale, quotes=priced.quotes, taxes=taxes)
    if sale.seen != shown:
        raise SaleChanged


def _is_bounded(sale: Sale | None, quote: Quote) -> bool:
    """What a person of the company typed is not, nor what no letter tells of."""
    return sale is None or (not sale.by_hand and (sale.writes or bool(quote.trial_days)))


def _refuse_abuse(customer_id: UUID, *, at: datetime) -> None:
    """Each unpaid order writes to an address nobody proved to own, so there are only so many.

    Canceling makes no room: the letter has left.
    """
    waiting = Order.objects.filter(
        status__in=[OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELED],
        placed_at__gt=at - WINDOW,
        customer_id=customer_id,
    )
    if waiting.count() >= MOST_UNPAID:
        raise TooManyOrders


def _recognize(buyer: Buyer, *, at: datetime) -> UUID:
    new = NewCustomer(
        name=buyer.name,
        email=buyer.email,
        document=buyer.document,
        document_kind=buyer.document_kind,
        locale=buyer.locale,
    )
    return customers.recognize_customer(new=new, user_id=buyer.user_id, at=at)


def _add_lines(order: Order, asked: Asked) -> None:
    """Each add-on is a line of its own, beside that of the plan."""
    _add_line(order, asked, asked.quote)
    for addon in asked.addons:
        _add_line(order, asked, addon, goes_along=True)


def _add_line(order: Order, asked: Asked, quote: Quote, *, goes_along: bool = False) -> None:
    plan = quote.plan
    Line.objects.create(
        order=order,
        goes_along=goes_along,
        price_id=plan.price_id,
        kind=plan.product_kind,
        description=describe(plan=plan, domain=asked.name),
        cycle=plan.cycle.value,
        spec={
            **plan.spec,
            "plan_name": plan.plan_name,
            **asked.spec,
            **({} if goes_along else asked.where),
        },
        items=[kept(item) for item in items_of(quote=quote)],
        discount=kept(discount) if (discount := discount_of(quote=quote)) else {},
        amount_cents=quote.due_now.cents,
    )
