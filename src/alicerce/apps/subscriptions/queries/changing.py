"""What another plan would cost now, or from the next period on. Whoever confirms asks the same again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NoRoomToChange
from alicerce.apps.catalog.ports import could_become
from alicerce.apps.catalog.types import CyclePrice, PricedPlan, StorefrontPlan
from alicerce.apps.subscriptions.errors import (
    AddonsKeepCycle,
    NoSuchSubscription,
    OtherCurrency,
    OtherProduct,
    RenewalDue,
    SamePlan,
)
from alicerce.apps.subscriptions.models import (
    Change,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.queries.allowing import (
    promised_of,
    require_changeable,
    require_none_under_way,
    require_paid,
    still,
)
from alicerce.apps.subscriptions.queries.change_taxes import with_taxes
from alicerce.apps.subscriptions.queries.spans import spans_from
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.rules.calendar import recurs
from alicerce.apps.subscriptions.rules.changing import (
    Span,
    lines_restarting,
    lines_within,
    off_new,
    renamed,
    renewal_cents,
    with_plan,
)
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem, SubscriptionStatus
from alicerce.apps.subscriptions.types.changes import (
    ChangeKind,
    ChangePreview,
    ChangeView,
    ChangeWhen,
)
from alicerce.kernel.money import Money


def preview_change(
    *, subscription_id: UUID, price_id: UUID, at: datetime, when: ChangeWhen | None = None
) -> ChangePreview:
    """What it costs, to the cent. Nothing is written. What costs less begins with the next period.

    Raises NoSuchSubscription, or what forbids it: see `figures`.
    """
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        raise NoSuchSubscription
    return figures(subscription, price_id=price_id, at=at, when=when)


def figures(
    subscription: Subscription, *, price_id: UUID, at: datetime, when: ChangeWhen | None
) -> ChangePreview:
    """The figures of a change. Raises NotForSale, NoRoomToChange and the reasons why the plan may not change, or not so."""
    require_changeable(subscription)
    plan = catalog.priced_beside(price_id, beside=subscription.price_id)
    _require_another(subscription, plan)
    if not could_become(plan.product_kind, subscription.line_id, plan.spec):
        raise NoRoomToChange
    _require_cycle_of_addons(subscription, plan)
    require_none_under_way(subscription, ChangeKind.PLAN)
    today = local_date(at)
    if subscription.status == SubscriptionStatus.TRIALING and when != ChangeWhen.PERIOD_END:
        return with_taxes(_within_trial(subscription, plan, today), subscription, at=at)
    now = with_taxes(_from_today(subscription, plan, today), subscription, at=at)
    if when == ChangeWhen.PERIOD_END or (when is None and now.net_cents < 0):
        return with_taxes(_from_next_period(subscription, plan), subscription, at=at)
    if now.net_cents < 0:
        require_paid(subscription, now.lines)
    return now


def items_in_force(subscription: Subscription) -> list[NewItem]:
    rows = Item.objects.in_force().filter(subscription_id=subscription.id)
    return [row.sold() for row in rows.order_by("position")]


def plans_to_choose(subscription_id: UUID) -> list[StorefrontPlan]:
    """Plans of the same product, each with the prices in its currency, and not the one that it has."""
    found = Subscription.objects.filter(pk=subscription_id).first()
    if found is None:
        raise NoSuchSubscription
    return [
        replace(plan, prices=prices)
        for plan in catalog.plans_beside(found.price_id)
        if (prices := _choices(found, plan))
    ]


def _choices(subscription: Subscription, plan: StorefrontPlan) -> tuple[CyclePrice, ...]:
    return tuple(
        price
        for price in plan.prices
        if is_choice(subscription, price.price_id, price.amount.currency)
    )


def is_choice(subscription: Subscription, price_id: UUID, currency: str) -> bool:
    return price_id != subscription.price_id and currency == subscription.currency


def open_change(subscription_id: UUID) -> ChangeView | None:
    """The change that was confirmed and is not in force yet."""
    found = Change.objects.of(subscription_id)
    return found.view() if found else None


def changes_over(on: date, *, limit: int) -> list[UUID]:
    return list(
        Change.objects.over(on).order_by("look_on").values_list("id", flat=True)[:limit]
    )


def anchor_after(subscription: Subscription, on: date) -> int:
    """The day of the month of periods that begin anew: the customer's own, or that day."""
    own = Schedule.objects.filter(customer_id=subscription.customer_id)
    return own.values_list("billing_day", flat=True).first() or on.day


def _require_another(subscription: Subscription, plan: PricedPlan) -> None:
    if plan.price_id == subscription.price_id:
        raise SamePlan
    beside = catalog.plans_beside(subscription.price_id)
    if plan.plan_id not in {own.plan_id for own in beside} or not recurs(plan.cycle):
        raise OtherProduct
    if plan.amount.currency != subscription.currency:
        raise OtherCurrency


def _require_cycle_of_addons(subscription: Subscription, plan: PricedPlan) -> None:
    """Their periods end where its own do."""
    has_addons = Subscription.objects.addons_of(subscription.id).exists()
    if plan.cycle != subscription.cycle and has_addons:
        raise AddonsKeepCycle


def _from_today(subscription: Subscription, plan: PricedPlan, today: date) -> ChangePreview:
    items, new = items_in_force(subscription), _new_item(subscription, plan)
    old = next(item for item in items if item.kind == ItemKind.PLAN)
    spans, kept = spans_from(subscription, today), with_plan(items, new)
    promised = promised_of(subscription)
    if plan.cycle == subscription.cycle:
        spans = [_with_coupon(span, promised, kept) for span in spans]
        lines, begins = lines_within(old, new, spans), None
        renews_on, anchor_day = subscription.next_starts_on, subscription.anchor_day
    else:
        _require_restart(kept, spans, today)
        spans = [_for_ever(spans[0], promised, kept), *spans[1:]]
        lines, begins = lines_restarting(old, new, spans, on=today, cycle=plan.cycle)
        renews_on, anchor_day = begins.ends_on, anchor_after(subscription, today)
    assert renews_on, "it has started"
    assert anchor_day, "it has started"
    cents = renewal_cents(
        kept,
        still(promised),
        starts_on=renews_on,
        cycle=plan.cycle,
        anchor_day=anchor_day,
    )
    return ChangePreview(
        subscription_id=subscription.id,
        price_id=plan.price_id,
        description=new.description,
        cycle=plan.cycle,
        amount=_money(sum(item.total_cents for item in kept), subscription),
        when=ChangeWhen.NOW,
        effective_on=today,
        begins=begins,
        lines=lines,
        renews_on=renews_on,
        renewal=_money(cents, subscription),
        items=tuple(kept),
    )


def _from_next_period(subscription: Subscription, plan: PricedPlan) -> ChangePreview:
    new = _new_item(subscription, plan)
    kept = with_plan(items_in_force(subscription), new)
    on, anchor_day = subscription.next_starts_on, subscription.anchor_day
    assert on, "it has started"
    assert anchor_day, "it has started"
    if plan.cycle != subscription.cycle and len(kept) > 1:
        raise AddonsKeepCycle
    promised = still(promised_of(subscription))
    cents = renewal_cents(kept, promised, starts_on=on, cycle=plan.cycle, anchor_day=anchor_day)
    return ChangePreview(
        subscription_id=subscription.id,
        price_id=plan.price_id,
        description=new.description,
        cycle=plan.cycle,
        amount=_money(sum(item.total_cents for item in kept), subscription),
        when=ChangeWhen.PERIOD_END,
        effective_on=on,
        begins=None,
        lines=(),
        renews_on=on,
        renewal=_money(cents, subscription),
        items=tuple(kept),
    )


def _within_trial(subscription: Subscription, plan: PricedPlan, today: date) -> ChangePreview:
    """Nothing was asked for yet: another plan is tried, until the same day."""
    later = _from_next_period(subscription, plan)
    return replace(later, when=ChangeWhen.NOW, effective_on=today)


def _require_restart(kept: Sequence[NewItem], spans: Sequence[Span], today: date) -> None:
    if len(kept) > 1:
        raise AddonsKeepCycle
    if today not in spans[0].whole:
        raise RenewalDue


def _with_coupon(span: Span, promised: NewDiscount | None, kept: Sequence[NewItem]) -> Span:
    """A period that had the coupon has it at the new price too: it was counted already."""
    return replace(span, new_off=off_new(promised, kept, span.whole)) if span.off else span


def _for_ever(span: Span, promised: NewDiscount | None, kept: Sequence[NewItem]) -> Span:
    """A coupon of so many renewals waits for them; one for ever is for the period that begins now too."""
    is_for_ever = promised is not None and promised.cycles_left is None
    return replace(span, new_off=off_new(promised, kept, span.whole)) if is_for_ever else span


def _new_item(subscription: Subscription, plan: PricedPlan) -> NewItem:
    return NewItem(ItemKind.PLAN, renamed(subscription.description, plan), 1, plan.amount.cents)


def _money(cents: int, subscription: Subscription) -> Money:
    return Money(cents, subscription.currency)
