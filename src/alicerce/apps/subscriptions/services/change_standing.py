"""Suspend a subscription, let it go on, end it, with its add-ons. Whoever delivers hears of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.subscriptions.events import (
    SubscriptionEnded,
    SubscriptionResumed,
    SubscriptionSuspended,
)
from alicerce.apps.subscriptions.models import MovedPrice, Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.close_change import close_before_end
from alicerce.apps.subscriptions.services.follow_parent import (
    follow_parent,
    stopped_parent,
    tell_limits_of_parent,
)
from alicerce.apps.subscriptions.services.hold import held, reschedule
from alicerce.apps.subscriptions.services.keep_units import keep_units
from alicerce.apps.subscriptions.types import (
    EndCause,
    Scope,
    SubscriptionStatus,
    SuspendCause,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def suspend(*, subscription_id: UUID, scope: Scope, cause: SuspendCause, at: datetime) -> bool:
    """Stop delivering, and billing, for a time. False when it is so already, or has ended.

    Abuse is not overruled by a bill: what is suspended for a graver cause stays as it is.
    """
    subscription = held(subscription_id=subscription_id)
    if subscription.status in {SubscriptionStatus.PENDING, SubscriptionStatus.ENDED}:
        return False
    if _is_graver(subscription, cause):
        return False
    before = subscription.status
    if not subscription.suspend(scope, cause):
        return False
    _note("subscription.suspended", subscription, before, {"scope": scope, "cause": cause}, at)
    for addon_id in _addons(subscription):
        suspend(subscription_id=addon_id, scope=scope, cause=SuspendCause.PARENT, at=at)
    publish(
        SubscriptionSuspended(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
            scope=scope,
            cause=cause,
        )
    )
    return True


@transaction()
def resume(*, subscription_id: UUID, at: datetime, cause: SuspendCause | None = None) -> bool:
    """Deliver and bill again. False when it is not suspended, or for another cause than the one given."""
    subscription = held(subscription_id=subscription_id)
    if cause is not None and subscription.suspend_cause != cause:
        return False
    if stopped := stopped_parent(addon=subscription):
        subscription.suspend(Scope(stopped.suspend_scope), SuspendCause.PARENT)
        return False
    today, days_ahead = local_date(at), terms().days_ahead
    if not subscription.resume(on=today, days_ahead=days_ahead):
        return False
    follow_parent(addon=subscription, at=at)
    _note("subscription.resumed", subscription, SubscriptionStatus.SUSPENDED, {}, at)
    for addon_id in _addons(subscription):
        resume(subscription_id=addon_id, cause=SuspendCause.PARENT, at=at)
    publish(
        SubscriptionResumed(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
        )
    )
    return True


@transaction()
def end(*, subscription_id: UUID, cause: EndCause, at: datetime) -> bool:
    """End it for good. False when it already did."""
    subscription = held(subscription_id=subscription_id)
    before = subscription.status
    close_before_end(subscription=subscription, at=at)
    if not subscription.end(cause, at=at):
        return False
    for addon_id in _addons(subscription):
        end(subscription_id=addon_id, cause=EndCause.PARENT, at=at)
    keep_units(subscription=subscription)
    MovedPrice.objects.leave(subscription.id, at=at)
    _note("subscription.ended", subscription, before, {"cause": cause}, at)
    publish(
        SubscriptionEnded(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
            cause=cause,
        )
    )
    tell_limits_of_parent(addon=subscription, at=at)
    return True


@transaction()
def fall_behind(*, subscription_id: UUID, at: datetime) -> bool:
    """Become past due: delivered still, and billed. False when nothing changes."""
    return _move(subscription_id, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE, at=at)


@transaction()
def catch_up(*, subscription_id: UUID, at: datetime) -> bool:
    """Be in order again: what was due is paid. False when it was not past due."""
    return _move(subscription_id, SubscriptionStatus.PAST_DUE, SubscriptionStatus.ACTIVE, at=at)


def _move(
    subscription_id: UUID, old: SubscriptionStatus, new: SubscriptionStatus, *, at: datetime
) -> bool:
    subscription = held(subscription_id=subscription_id)
    if not subscription.move(old, new):
        return False
    _note(f"subscription.{new.value}", subscription, old, {}, at)
    return True


def _is_graver(subscription: Subscription, cause: SuspendCause) -> bool:
    """An unpaid bill changes nothing about a suspension that somebody decided."""
    decided = {SuspendCause.STAFF, SuspendCause.ABUSE, SuspendCause.DISPUTE}
    own = {*decided, SuspendCause.UNPAID}
    if cause == SuspendCause.PARENT:
        return subscription.suspend_cause in own
    return subscription.suspend_cause in decided and cause not in decided


def _addons(subscription: Subscription) -> list[UUID]:
    return list(Subscription.objects.addons_of(subscription.id).values_list("id", flat=True))


def _note(
    action: str,
    subscription: Subscription,
    before: str,
    more: Mapping[str, str],
    at: datetime,
) -> None:
    reschedule(customer_ids=[subscription.customer_id])
    audit.record(
        action=action,
        entity="subscription",
        entity_id=subscription.id,
        before={"status": str(before)},
        after={"status": str(subscription.status), **more},
        at=at,
    )
