"""Deliver without billing, for a time that staff decides."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.subscriptions.errors import SubscriptionEnded, SubscriptionNotStarted
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.hold import held, reschedule
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.kernel.db import transaction


@transaction()
def pause_billing(*, subscription_id: UUID, at: datetime) -> bool:
    """Ask for no further period. False when it is so.

    Raises NoSuchSubscription, SubscriptionNotStarted, SubscriptionEnded.
    """
    subscription = _live(subscription_id)
    if not subscription.pause(at=at):
        return False
    _note("subscription.paused", subscription, at)
    return True


@transaction()
def resume_billing(*, subscription_id: UUID, at: datetime) -> bool:
    """Ask again, from today on if a period passed meanwhile. False when it is not paused."""
    subscription = _live(subscription_id)
    if not subscription.unpause(on=local_date(at), days_ahead=terms().days_ahead):
        return False
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
