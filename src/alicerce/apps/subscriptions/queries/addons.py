"""What may be added to a subscription, and what it costs to the cent. Whoever adds it asks the same again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import AddonCycle
from alicerce.apps.catalog.ports import ProductKind
from alicerce.apps.catalog.types import (
    Cycle,
    CyclePrice,
    OfferedOption,
    PricedPlan,
    Quote,
    StorefrontPlan,
    fits_in,
)
from alicerce.apps.catalog.types import Item as Sold
from alicerce.apps.catalog.types import ItemKind as SoldKind
from alicerce.apps.customers import public as customers
from alicerce.apps.subscriptions.errors import (
    AddonHad,
    NoSuchSubscription,
    OtherCurrency,
    RenewalDue,
)
from alicerce.apps.subscriptions.models import Schedule, Subscription
from alicerce.apps.subscriptions.queries.allowing import require_changeable
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.calendar import meeting_day
from alicerce.apps.subscriptions.rules.changing import BEFORE_DOMAIN, LONGEST
from alicerce.apps.subscriptions.rules.renewing import Due, renewal_of
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem
from alicerce.apps.subscriptions.types.addons import AddonPreview, AddonWanted
from alicerce.kernel.money import Money

ADDON = ProductKind("subscriptions.addon", _("Adicional de outro plano"), is_addon=True)
KINDS = {SoldKind.PLAN: ItemKind.PLAN, SoldKind.OPTION: ItemKind.OPTION}


def preview_addon(*, subscription_id: UUID, wanted: AddonWanted, at: datetime) -> AddonPreview:
    """Nothing is written. Raises NoSuchSubscription, and what `figures_of_addon` raises."""
    return figures_of_addon(_found(subscription_id), wanted=wanted, at=at)


def addons_to_choose(subscription_id: UUID) -> list[tuple[StorefrontPlan, CyclePrice]]:
    """What goes with its plan, in its currency and for cycles that fit in its own, and it has not."""
    parent = _found(subscription_id)
    had = set(Subscription.objects.addons_of(parent.id).values_list("price_id", flat=True))
    return [
        (plan, price)
        for plan in catalog.addons_for(parent.price_id)
        for price in plan.prices
        if price.price_id not in had
        and not plan.is_sold_out
        and price.amount.currency == parent.currency
        and fits_in(price.cycle, Cycle(parent.cycle))
    ]


def addon_choices(
    *, subscription_id: UUID, price_id: UUID
) -> tuple[PricedPlan, list[OfferedOption]]:
    """An add-on that goes with it, and the options sold in its cycle. Raises NoSuchSubscription, NotForSale."""
    plan = catalog.priced_addon(price_id, beside=_found(subscription_id).price_id)
    options = [
        option
        for option in catalog.options_with(price_id)
        if any(plan.cycle in choice.prices for choice in option.choices)
    ]
    return plan, options


def figures_of_addon(
    parent: Subscription, *, wanted: AddonWanted, at: datetime
) -> AddonPreview:
    """The days until the edge that it shares with its parent, by the rules that will bill them.

    Raises NotForSale, BadQuantity, BadChoice, what a coupon is refused for, AddonCycle, AddonHad, OtherCurrency,
    RenewalDue and what forbids any change.
    """
    require_changeable(parent)
    quote, today = _quote(parent, wanted, at), local_date(at)
    _require_fitting(parent, quote.plan, today)
    due = _due(parent, quote, today)
    first = renewal_of(due, days_ahead=0)
    asked_on = _asked_on(parent.customer_id, today)
    cents = sum(item.total_cents for item in due.items)
    return AddonPreview(
        subscription_id=parent.id,
        quote=quote,
        items=tuple(due.items),
        discount=due.discount,
        lines=tuple((line.description, line.total.cents) for line in first.lines),
        plan_id=quote.plan.plan_id,
        price_id=quote.plan.price_id,
        name=_name(quote.plan),
        description=due.items[0].description,
        cycle=quote.plan.cycle,
        amount=Money(cents, parent.currency),
        anchor_day=due.anchor_day,
        period=first.period,
        first=Money(first.cents, parent.currency),
        asked_on=asked_on,
        due_on=asked_on + timedelta(days=terms().days_ahead),
        renewal=_next(due, first.period.ends_on, parent, at),
        taxes=_taxes(parent, first.lines, at),
    )


def _quote(parent: Subscription, wanted: AddonWanted, at: datetime) -> Quote:
    return catalog.quote_addon(
        price_id=wanted.price_id,
        beside=parent.price_id,
        quantity=wanted.quantity,
        chosen=wanted.chosen,
        coupon=wanted.coupon,
        at=at,
    )


def _found(subscription_id: UUID) -> Subscription:
    found: Subscription | None = Subscription.objects.filter(pk=subscription_id).first()
    if found is None:
        raise NoSuchSubscription
    return found


def _require_fitting(parent: Subscription, plan: PricedPlan, today: date) -> None:
    if plan.amount.currency != parent.currency:
        raise OtherCurrency
    if not fits_in(plan.cycle, Cycle(parent.cycle)):
        raise AddonCycle
    if Subscription.objects.addons_of(parent.id).filter(price_id=plan.price_id).exists():
        raise AddonHad
    if parent.period_ends_on is None or today >= parent.period_ends_on:
        raise RenewalDue


def _due(parent: Subscription, quote: Quote, today: date) -> Due:
    assert parent.period_ends_on, "it has started"
    assert parent.anchor_day, "it has started"
    meets_on = meeting_day(
        on=today,
        until=parent.period_ends_on,
        cycle=quote.plan.cycle,
        anchor_day=parent.anchor_day,
    )
    return Due(
        parent.id,
        parent.customer_id,
        parent.currency,
        quote.plan.cycle,
        parent.anchor_day,
        today,
        quote.plan.amount.cents,
        [_item(parent, item) for item in quote.items],
        _promise(parent, quote),
        price_id=quote.plan.price_id,
        meets_on=meets_on,
    )


def _item(parent: Subscription, sold: Sold) -> NewItem:
    words, domain = sold.name, parent.description.partition(BEFORE_DOMAIN)[2]
    if domain and sold.kind == SoldKind.PLAN:
        words = f"{words}{BEFORE_DOMAIN}{domain}"
    return NewItem(
        KINDS[sold.kind],
        words[:LONGEST],
        sold.quantity,
        sold.unit.cents,
        sold.option_id,
        sold.choice_id,
    )


def _promise(parent: Subscription, quote: Quote) -> NewDiscount | None:
    """The first days are one of the charges that a coupon is for."""
    found = quote.discount
    if found is None:
        return None
    with translation.override(customers.customer(parent.customer_id).locale):
        words = gettext("Cupom %(code)s") % {"code": found.code}
    return NewDiscount(words, found.percent_bp, found.amount_cents, found.cycles)


def _name(plan: PricedPlan) -> str:
    return plan.full_name


def _asked_on(customer_id: UUID, today: date) -> date:
    """Today, or tomorrow for who was invoiced today already: nobody gets two in a day."""
    own = Schedule.objects.filter(customer_id=customer_id).values_list("billed_on", flat=True)
    billed_on = own.first()
    return today + timedelta(days=1) if billed_on and billed_on >= today else today


def _next(due: Due, starts_on: date, parent: Subscription, at: datetime) -> Money:
    """What the renewal after the first days asks for, less what the coupon still takes off."""
    later = replace(due, starts_on=starts_on, discount=_left(due.discount))
    lines = renewal_of(later, days_ahead=0).lines
    cents = sum(line.total.cents for line in lines)
    extra = sum(cents for _words, cents in _taxes(parent, lines, at))
    return Money(cents + extra, due.currency)


def _left(promised: NewDiscount | None) -> NewDiscount | None:
    if promised is None or promised.cycles_left is None:
        return promised
    left = promised.cycles_left - 1
    return replace(promised, cycles_left=left) if left else None


def _taxes(
    parent: Subscription, lines: Sequence[NewLine], at: datetime
) -> tuple[tuple[str, int], ...]:
    found = billing.preview_taxes(customer_id=parent.customer_id, lines=lines, at=at)
    return tuple((line.words, line.amount.cents) for line in found.extra)
