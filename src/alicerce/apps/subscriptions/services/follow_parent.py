"""An add-on goes the way of what it was sold onto: it stops, goes on and ends with it."""

from datetime import date, datetime

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.events import SubscriptionItemsChanged
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.limits import limits_of
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.calendar import meeting_day, next_stretch
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def end_addons_with(*, parent: Subscription) -> None:
    """No add-on begins a period on the day its parent ends, or later; without such a day, as before."""
    days_ahead = terms().days_ahead
    for addon in Subscription.objects.addons_of(parent.id):
        addon.end_with(parent.ends_on, days_ahead=days_ahead)


@transaction(shared=True)
def follow_parent(*, addon: Subscription, at: datetime) -> None:
    """Go on by itself, and end its next period where its parent's one ends. It is held already."""
    parent = parent_of(addon=addon)
    if parent is None or parent.anchor_day is None:
        return
    today = local_date(at)
    addon.meets_on = meeting_day(
        on=max(addon.next_starts_on or today, today),
        until=_edge_of(parent),
        cycle=Cycle(addon.cycle),
        anchor_day=parent.anchor_day,
    )
    addon.save(update_fields=["meets_on"])
    addon.end_with(
        parent.ends_on if parent.cancel_at_period_end else None, days_ahead=terms().days_ahead
    )


@transaction(shared=True)
def tell_limits_of_parent(*, addon: Subscription, at: datetime) -> None:
    """What its parent allows is another from now on, where the add-on counts for anything."""
    parent = parent_of(addon=addon)
    if parent is None or parent.status == SubscriptionStatus.ENDED:
        return
    publish(
        SubscriptionItemsChanged(
            at=at,
            subscription_id=parent.id,
            customer_id=parent.customer_id,
            line_id=parent.line_id,
            limits=limits_of(parent.id),
        )
    )


def stopped_parent(*, addon: Subscription) -> Subscription | None:
    parent = parent_of(addon=addon)
    is_stopped = parent is not None and parent.status == SubscriptionStatus.SUSPENDED
    return parent if is_stopped else None


def parent_of(*, addon: Subscription) -> Subscription | None:
    if addon.parent_id is None:
        return None
    found: Subscription = Subscription.objects.get(pk=addon.parent_id)
    return found


def _edge_of(parent: Subscription) -> date:
    """Where a period of it ends: the one that was billed, or after a standstill the next one."""
    assert parent.period_ends_on, "it has started"
    assert parent.next_starts_on, "it has started"
    assert parent.anchor_day, "it has started"
    if parent.next_starts_on <= parent.period_ends_on:
        return parent.period_ends_on
    stretch = next_stretch(
        starts_on=parent.next_starts_on,
        cycle=Cycle(parent.cycle),
        anchor_day=parent.anchor_day,
    )
    return stretch.period.ends_on
