"""Deliver without billing, for a time that staff decides."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.subscriptions.errors import SubscriptionEnded, SubscriptionNotStarted
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.follow_parent import follow_parent
from alicerce.apps.subscriptions.services.hold import held, reschedule
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.kernel.db import transaction


@transaction()
def pause_billing(*, subscription_id: UUID, at: datetime) -> bool:
    """Ask for no further period, nor for one of its add-ons. False when it is so.

    Raises NoSuchSubscription, SubscriptionNotStarted, SubscriptionEnded.
    """
    subscription = _live(subscription_id)
    if not subscription.pause(at=at):
        return False
    for addon in Subscription.objects.addons_of(subscription.id):
        if addon.pause(at=at):
            _note("subscription.paused", addon, at)
    _note("subscription.paused", subscription, at)
    return True


@transaction()
def resume_billing(*, subscription_id: UUID, at: datetime) -> bool:
    """Ask again, from today on if a period passed meanwhile. False when it is not paused."""
    subscription = _live(subscription_id)
    since, today, days_ahead = subscription.paused_at, local_date(at), terms().days_ahead
    if not subscription.unpause(on=today, days_ahead=days_ahead):
        return False
    for addon in Subscription.objects.addons_of(subscription.id):
        if addon.paused_at == since and addon.unpause(on=today, days_ahead=days_ahead):
            _note("subscription.unpaused", addon, at)
        follow_parent(addon=addon, at=at)
    follow_parent(addon=subscription, at=at)
    _note("subscription.unpaused", subscription, at)
    return True


def _live(subscription_id: UUID) -> Subscription:
    subscription = held(subscription_id=subscription_id)
    if subscription.status == SubscriptionStatus.ENDED:
        raise SubscriptionEnded
    if subscription.status == SubscriptionStatus.PENDING:
        raise SubscriptionNotStarted
    return subscription


def _note(action: str, subscription: Subscription, at: datetime) -> None:
    reschedule(customer_ids=[subscription.customer_id])
    audit.record(action=action, entity="subscription", entity_id=subscription.id, at=at)
