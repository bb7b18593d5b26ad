"""How often somebody may do something: one limiter for every route of the program.

Generic cell rate algorithm: a subject owns a theoretical arrival time (TAT), which each accepted
request moves one interval into the future; what would move it further ahead than the quota's whole
period is refused. One upsert decides and counts, so any number of processes admit exactly the quota.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection

from alicerce.kernel.db import in_transaction

# `refused` answers when the upsert did not touch the row, as the row stood for this statement.
TAKE = """
    with taken as (
        insert into rate_limit as mine (key, tat) values (%(key)s, %(at)s + %(cost)s)
        on conflict (key) do update set tat = greatest(mine.tat, %(at)s) + %(cost)s
        where greatest(mine.tat, %(at)s) + %(cost)s <= %(at)s + %(period)s
        returning tat
    )
    select tat, true from taken
    union all
    select greatest(tat, %(at)s), false from rate_limit
    where key = %(key)s and not exists (select from taken)
"""


GIVE_BACK = "update rate_limit set tat = tat - %s where key = %s"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests at once, and again so many evenly over each period."""

    name: str
    limit: int
    period: timedelta

    @property
    def interval(self) -> timedelta:
        return self.period / self.limit


def quota(name: str) -> Quota:
    """The quota of this name, as the settings have it."""
    limit, seconds = settings.QUOTAS[name]
    return Quota(name, limit, timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a quota answered: whether this request may pass, and how much is left."""

    quota: Quota
    allowed: bool
    remaining: int
    reset_after: timedelta
    retry_after: timedelta

    @property
    def retry_seconds(self) -> int:
        return ceil(self.retry_after.total_seconds())


def take(quota: Quota, subject: str, *, at: datetime, cost: int = 1) -> Allowance:
    """Count one request of this subject, unless its quota is used up.

    Call it outside of any transaction of the request: what was counted stays counted when the
    request fails, and its row is not held while the request runs.
    """
    assert not in_transaction(), f"quota {quota.name} taken inside a transaction"
    values: dict[str, Any] = {
        "key": _key(quota, subject),
        "at": at,
        "cost": quota.interval * cost,
        "period": quota.period,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        row = cursor.fetchone()
    # a refusal raced with the row's first insertion: nothing to read yet, and the whole quota to wait
    tat, allowed = row or (at + quota.period, False)
    return _allowance(quota, tat=tat, allowed=allowed, at=at, cost=cost)


def give_back(quota: Quota, subject: str) -> None:
    """Forget one that was counted: what seemed to be a guess was right."""
    assert not in_transaction(), f"quota {quota.name} given back inside a transaction"
    values: list[Any] = [quota.interval, _key(quota, subject)]
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, values)


def _allowance(
    quota: Quota, *, tat: datetime, allowed: bool, at: datetime, cost: int
) -> Allowance:
    ahead = max(tat - at, timedelta())
    late = timedelta() if allowed else ahead + quota.interval * cost - quota.period
    return Allowance(
        quota=quota,
        allowed=allowed,
        remaining=(quota.period - ahead) // quota.interval if allowed else 0,
        reset_after=ahead,
        retry_after=late,
    )


def forget_idle(*, at: datetime) -> int:
    """Drop the subjects whose quota is whole again; how many that were."""
    with connection.cursor() as cursor:
        cursor.execute("delete from rate_limit where tat < %s", [at])
        return int(cursor.rowcount)


def _key(quota: Quota, subject: str) -> bytes:
    """A digest: addresses and e-mails are not kept in the clear to count them."""
    return blake2b(f"{quota.name}|{subject}".encode(), digest_size=16).digest()
