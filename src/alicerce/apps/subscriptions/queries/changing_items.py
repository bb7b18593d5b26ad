"""What more, less or other options would cost now, or from the next period on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadQuantity
from alicerce.apps.catalog.types import Chosen, Cycle, OfferedOption
from alicerce.apps.subscriptions.errors import NoAddon, NoSuchSubscription, SameItems
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.allowing import (
    promised_of,
    require_none_under_way,
    require_paid,
    require_running,
    still,
)
from alicerce.apps.subscriptions.queries.change_taxes import with_taxes
from alicerce.apps.subscriptions.queries.changing import items_in_force
from alicerce.apps.subscriptions.queries.limits import units_of
from alicerce.apps.subscriptions.queries.spans import spans_from, standing_with_items
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.rules.changing import renewal_cents
from alicerce.apps.subscriptions.rules.items import lines_of_items, with_options, with_units
from alicerce.apps.subscriptions.types import NewItem, SubscriptionStatus
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangePreview, ChangeWhen
from alicerce.kernel.money import Money


def preview_items(
    *,
    subscription_id: UUID,
    wanted: Sequence[Chosen],
    at: datetime,
    when: ChangeWhen | None = None,
    quantity: int | None = None,
) -> ChangePreview:
    """What it costs, to the cent. Nothing is written. What costs less begins with the next period.

    Raises NoSuchSubscription, or what forbids it: see `figures_of_items`.
    """
    found = _found(subscription_id)
    return figures_of_items(found, wanted=wanted, at=at, when=when, quantity=quantity)


def figures_of_items(
    subscription: Subscription,
    *,
    wanted: Sequence[Chosen],
    at: datetime,
    when: ChangeWhen | None,
    quantity: int | None = None,
) -> ChangePreview:
    """What was not said of an option stays. Raises BadChoice, SameItems and why nothing may change, or not so.

    How many of it is said of an add-on alone: raises BadQuantity, NoAddon.
    """
    require_running(subscription)
    require_none_under_way(subscription, ChangeKind.ITEMS)
    old = items_in_force(subscription)
    new = _with(subscription, old, wanted)
    if quantity is not None:
        _require_so_many(subscription, quantity)
        new = with_units(new, quantity)
    if new == old:
        raise SameItems
    later = _from_next_period(subscription, new)
    today = local_date(at)
    if when == ChangeWhen.PERIOD_END:
        return with_taxes(later, subscription, at=at)
    now = replace(later, when=ChangeWhen.NOW, effective_on=today)
    if subscription.status == SubscriptionStatus.TRIALING:
        return with_taxes(now, subscription, at=at)
    spans = spans_from(subscription, today)
    standing = [standing_with_items(subscription, span) for span in spans]
    lines = lines_of_items(old, new, spans, standing, promised_of(subscription))
    now = with_taxes(replace(now, lines=lines), subscription, at=at)
    if now.net_cents >= 0:
        return now
    if when is None:
        return with_taxes(later, subscription, at=at)
    require_paid(subscription, lines)
    return now


def units_to_choose(subscription_id: UUID) -> tuple[int, int]:
    """How many of it there are, and may be; one of what is no add-on. Raises NoSuchSubscription."""
    subscription = _found(subscription_id)
    if not subscription.parent_id:
        return 1, 1
    return units_of(items_in_force(subscription)), catalog.most_of(subscription.price_id)


def gone_options(subscription_id: UUID) -> list[NewItem]:
    """What it has and is not offered any more: it may go, and there is no more of it."""
    subscription = _found(subscription_id)
    offered = {option.id for option in catalog.options_with(subscription.price_id)}
    had = [item for item in items_in_force(subscription) if item.option_id]
    return [item for item in had if item.option_id not in offered]


def options_to_choose(subscription_id: UUID) -> list[tuple[OfferedOption, NewItem | None]]:
    """What is offered with its plan in its cycle, each with what it has of it. Raises NoSuchSubscription."""
    subscription = _found(subscription_id)
    had = {item.option_id: item for item in items_in_force(subscription)}
    cycle = Cycle(subscription.cycle)
    return [
        (option, had.get(option.id))
        for option in catalog.options_with(subscription.price_id)
        if any(cycle in choice.prices for choice in option.choices)
    ]


def _require_so_many(subscription: Subscription, quantity: int) -> None:
    if not subscription.parent_id:
        raise NoAddon
    most = catalog.most_of(subscription.price_id)
    if not 1 <= quantity <= most:
        raise BadQuantity(most)


def _with(
    subscription: Subscription, old: Sequence[NewItem], wanted: Sequence[Chosen]
) -> list[NewItem]:
    gone = {item.option_id for item in gone_options(subscription.id)}
    dropped = {one.option_id for one in wanted if not one.quantity} & gone
    picked = catalog.option_items(
        price_id=subscription.price_id,
        cycle=Cycle(subscription.cycle),
        chosen=[one for one in wanted if one.option_id not in dropped],
    )
    kept = [item for item in old if item.option_id is None or item.option_id not in dropped]
    return with_options(kept, picked)


def _from_next_period(subscription: Subscription, new: Sequence[NewItem]) -> ChangePreview:
    on, anchor_day = subscription.next_starts_on, subscription.anchor_day
    assert on, "it has started"
    assert anchor_day, "it has started"
    cycle = Cycle(subscription.cycle)
    renewal = renewal_cents(
        new,
        still(promised_of(subscription)),
        starts_on=on,
        cycle=cycle,
        anchor_day=anchor_day,
        meets_on=subscription.meets_on,
    )
    return ChangePreview(
        subscription_id=subscription.id,
        price_id=subscription.price_id,
        description=subscription.description,
        cycle=cycle,
        amount=Money(sum(item.total_cents for item in new), subscription.currency),
        when=ChangeWhen.PERIOD_END,
        effective_on=on,
        begins=None,
        lines=(),
        renews_on=on,
        renewal=Money(renewal, subscription.currency),
        items=tuple(new),
        kind=ChangeKind.ITEMS,
    )


def _found(subscription_id: UUID) -> Subscription:
    found: Subscription | None = Subscription.objects.filter(pk=subscription_id).first()
    if found is None:
        raise NoSuchSubscription
    return found
