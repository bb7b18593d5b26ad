"""Nobody has more of what the program counts than their plan, options and add-ons allow."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.types import Limit
from alicerce.apps.subscriptions.errors import PlanLimitReached
from alicerce.apps.subscriptions.events import LimitNear, LimitReached
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.ports import counts
from alicerce.apps.subscriptions.queries.limits import limits_of
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold
from alicerce.kernel.quotas import Mark, crossed


@transaction(shared=True)
def keep_within(*, line_id: UUID, key: Limit, at: datetime) -> None:
    """Ask once the new one is there, in its transaction. Raises PlanLimitReached, which undoes it.

    Held until that transaction ends: of two for one last place, the second counts the first. What was never
    sold to renew, or says nothing of it, is without a limit.
    """
    subscription = Subscription.objects.of_line(line_id).first()
    if subscription is None:
        return
    hold(f"subscriptions.limit.{subscription.id}.{key.value}")
    most = limits_of(subscription.id).get(key.value)
    if most is None:
        return
    used = counts[key](line_id)
    if used > most:
        raise PlanLimitReached(key.value, used=used - 1, most=most)
    if mark := crossed(before=used - 1, now=used, most=most):
        _tell(subscription, key, mark, used=used, most=most, at=at)


def _tell(
    subscription: Subscription, key: Limit, mark: Mark, *, used: int, most: int, at: datetime
) -> None:
    said = LimitReached if mark == Mark.REACHED else LimitNear
    publish(
        said(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            limit=key.value,
            used=used,
            most=most,
        )
    )
