"""What may be added to a subscription, and what it costs to the cent. Whoever adds it asks the same again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.ports import ProductKind
from alicerce.apps.catalog.types import Cycle, CyclePrice, PricedPlan, StorefrontPlan
from alicerce.apps.subscriptions.errors import (
    AddonCycle,
    AddonHad,
    NoSuchSubscription,
    OtherCurrency,
    RenewalDue,
)
from alicerce.apps.subscriptions.models import Schedule, Subscription
from alicerce.apps.subscriptions.queries.allowing import require_changeable
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.calendar import fits_in, meeting_day
from alicerce.apps.subscriptions.rules.changing import BEFORE_DOMAIN, LONGEST
from alicerce.apps.subscriptions.rules.renewing import Due, renewal_of
from alicerce.apps.subscriptions.types import ItemKind, NewItem
from alicerce.apps.subscriptions.types.addons import AddonPreview
from alicerce.kernel.money import Money

ADDON = ProductKind("subscriptions.addon", _("Adicional de outro plano"), is_addon=True)


def preview_addon(*, subscription_id: UUID, price_id: UUID, at: datetime) -> AddonPreview:
    """Nothing is written. Raises NoSuchSubscription, and what `figures_of_addon` raises."""
    return figures_of_addon(_found(subscription_id), price_id=price_id, at=at)


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


def figures_of_addon(parent: Subscription, *, price_id: UUID, at: datetime) -> AddonPreview:
    """The days until the edge that it shares with its parent, by the rules that will bill them.

    Raises NotForSale, AddonCycle, AddonHad, OtherCurrency, RenewalDue and what forbids any change.
    """
    require_changeable(parent)
    plan, today = catalog.priced_addon(price_id, beside=parent.price_id), local_date(at)
    _require_fitting(parent, plan, today)
    assert parent.period_ends_on, "it has started"
    assert parent.anchor_day, "it has started"
    meets_on = meeting_day(
        on=today,
        until=parent.period_ends_on,
        cycle=plan.cycle,
        anchor_day=parent.anchor_day,
    )
    due = _due(parent, plan, today, meets_on)
    first = renewal_of(due, days_ahead=0)
    asked_on = _asked_on(parent.customer_id, today)
    return AddonPreview(
        subscription_id=parent.id,
        plan_id=plan.plan_id,
        price_id=plan.price_id,
        name=_name(plan),
        description=due.items[0].description,
        cycle=plan.cycle,
        amount=plan.amount,
        anchor_day=parent.anchor_day,
        period=first.period,
        first=Money(first.cents, parent.currency),
        asked_on=asked_on,
        due_on=asked_on + timedelta(days=terms().days_ahead),
        renewal=_whole(plan, parent, at),
        taxes=_taxes(parent, first.lines, at),
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


def _due(parent: Subscription, plan: PricedPlan, today: date, meets_on: date) -> Due:
    words = _name(plan)
    if domain := parent.description.partition(BEFORE_DOMAIN)[2]:
        words = f"{words}{BEFORE_DOMAIN}{domain}"
    item = NewItem(ItemKind.PLAN, words[:LONGEST], 1, plan.amount.cents)
    return Due(
        parent.id,
        parent.customer_id,
        parent.currency,
        plan.cycle,
        parent.anchor_day or today.day,
        today,
        plan.amount.cents,
        [item],
        price_id=plan.price_id,
        meets_on=meets_on,
    )


def _name(plan: PricedPlan) -> str:
    return f"{plan.product_name} {plan.plan_name}"


def _asked_on(customer_id: UUID, today: date) -> date:
    """Today, or tomorrow for who was invoiced today already: nobody gets two in a day."""
    own = Schedule.objects.filter(customer_id=customer_id).values_list("billed_on", flat=True)
    billed_on = own.first()
    return today + timedelta(days=1) if billed_on and billed_on >= today else today


def _whole(plan: PricedPlan, parent: Subscription, at: datetime) -> Money:
    line = NewLine(_name(plan), 1, plan.amount, price_id=plan.price_id)
    extra = sum(cents for _words, cents in _taxes(parent, [line], at))
    return plan.amount + Money(extra, plan.amount.currency)


def _taxes(
    parent: Subscription, lines: Sequence[NewLine], at: datetime
) -> tuple[tuple[str, int], ...]:
    found = billing.preview_taxes(customer_id=parent.customer_id, lines=lines, at=at)
    return tuple((line.words, line.amount.cents) for line in found.extra)
