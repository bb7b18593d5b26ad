"""Follow the subscription that pays for an account: held, let go, ended with it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.models import Hold
from alicerce.apps.hosting.services.operations.hold_back import (
    held_of_line,
    is_over,
    lift,
    put,
)
from alicerce.apps.hosting.services.operations.reconcile import Held
from alicerce.apps.hosting.services.operations.remove import schedule
from alicerce.apps.hosting.types import Cause, Origin, Scope
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import RUNNING, SubscriptionStatus
from alicerce.kernel.db import transaction


@transaction()
def follow_subscription(*, line_id: UUID, at: datetime) -> bool:
    """As it stands now: its facts may be heard in any order, and any number of times.

    False when nothing is to be done, or the line is no account of ours.
    """
    held = held_of_line(line_id)
    if held is None or is_over(held.service):
        return False
    card = subscriptions.subscription_of_line(line_id)
    if card.status == SubscriptionStatus.SUSPENDED:
        return _put_only(held, Cause(card.cause), Scope(card.scope), at)
    if card.status == SubscriptionStatus.ENDED:
        return _end(held, at=at)
    return card.status in RUNNING and lift(held, (Origin.SUBSCRIPTION,), at=at)


def _end(held: Held, *, at: datetime) -> bool:
    """Suspended at once; removed on a day that is told, and not by this."""
    if not _put_only(held, Cause.ENDED, Scope.ALL, at):
        return False
    schedule(held.service, at=at)
    return True


def _put_only(held: Held, cause: Cause, scope: Scope, at: datetime) -> bool:
    """A subscription has one cause at a time."""
    mine = Hold.objects.filter(service=held.service, origin=Origin.SUBSCRIPTION)
    mine.exclude(cause=cause).delete()
    hold = Hold(
        service=held.service, cause=cause, origin=Origin.SUBSCRIPTION, scope=scope, since=at
    )
    return put(held, hold, at=at)
