"""Nobody has more than their products allow."""

from datetime import datetime

from alicerce.apps.tenancy.errors import LimitReached
from alicerce.apps.tenancy.events import TenantLimitNear, TenantLimitReached
from alicerce.apps.tenancy.ports import counts
from alicerce.apps.tenancy.queries.limits import limit_of
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold
from alicerce.kernel.quotas import Mark, crossed


def keep_within(*, key: LimitKey, at: datetime, more: int = 1) -> None:
    """Ask once the new ones are there, in their transaction. Raises LimitReached, which undoes it.

    Held until that transaction ends: of two for one last place, the second counts the first.
    """
    most = limit_of(key)
    if most is None:
        return
    hold(f"tenancy.limit.{key.value}")
    used = counts[key](at)
    if used > most:
        raise LimitReached(key, most)
    if mark := crossed(before=used - more, now=used, most=most):
        said = TenantLimitReached if mark == Mark.REACHED else TenantLimitNear
        publish(said(at=at, limit=key.value, used=used, most=most))


def refuse_when_full(*, key: LimitKey, at: datetime) -> None:
    """Say so early, before anybody is asked in. Raises LimitReached."""
    most = limit_of(key)
    if most is not None and counts[key](at) >= most:
        raise LimitReached(key, most)
