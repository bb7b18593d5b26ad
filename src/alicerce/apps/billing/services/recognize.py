"""Post what was earned: one movement for each day and currency, however many services there are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

from alicerce.apps.billing.models import Recognition
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.deferring import LOCK, local_day
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import Movement
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money

# A row's first day is worth what it says the day after; `begun_on` was looked at when it was written.
EARNED = """
    select step.day::date, d.currency, sum(
        billing_earned(d.amount_cents, d.starts_on, d.ends_on, step.day::date)
        - billing_earned(d.amount_cents, d.starts_on, d.ends_on, step.day::date - 1)
    )
    from generate_series(%(since)s::date + 1, %(until)s::date, interval '1 day') step(day)
    join billing_deferral d on d.begun_on < step.day and d.starts_on < step.day
        and d.ends_on >= step.day and (d.closed_on is null or d.closed_on >= step.day)
    where d.ends_on > %(since)s
    group by 1, 2 order by 1, 2
"""


@transaction()
def recognize(*, at: datetime) -> int:
    """Post what each day since the last time earned, up to the one before today. Safe to repeat; how many.

    A day that was missed is posted as of its own end.
    """
    hold(LOCK)
    reached, today = Recognition.objects.select_for_update().first(), local_day(at=at)
    if reached is None or reached.until >= today:
        return 0
    found = _earned(reached.until, today)
    for day, moves in found.items():
        ledger.post_all(movements=moves, at=_midnight(day))
    reached.move(today)
    return sum(len(moves) for moves in found.values())


def _earned(since: date, until: date) -> Mapping[date, Sequence[Movement]]:
    with connection.cursor() as cursor:
        cursor.execute(EARNED, {"since": since, "until": until})
        rows = cursor.fetchall()
    found: dict[date, list[Movement]] = {}
    for day, currency, cents in rows:
        if cents:
            move = _movement(day, Money(int(cents), currency))
            found.setdefault(day, []).append(move)
    return found


def _movement(day: date, amount: Money) -> Movement:
    key = f"recognition:{amount.currency}:{day}"
    return Movement("revenue.recognized", key, postings.recognized(amount=amount))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(tenancy.time_zone()))
