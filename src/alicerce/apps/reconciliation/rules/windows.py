"""How far back each comparison looks, and how often it happens."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.reconciliation.types import Span
from alicerce.kernel.business_days import business_days_before

QUARTER = timedelta(minutes=15)
BACK = {
    Span.RECENT: timedelta(days=2),
    Span.NIGHTLY: timedelta(days=90),
    Span.ASKED: timedelta(days=2),
}
SETTLING = timedelta(minutes=2)
"""What happened just now may still be on its way to us; nobody waits when a person asks."""
NIGHT = time(3)
BANK_TAKES, STATEMENT_TAKES = 2, 5
"""Business days: a payout may come so long after its day, and a statement be sent so long after that."""
PAYOUTS_BACK = timedelta(days=14)
"""A payout begins days before it arrives: those of the window and of so long before it are read."""


def window(*, span: Span, connected_at: datetime, at: datetime) -> tuple[datetime, datetime]:
    """What came before the account was ours to read is none of our business."""
    until = at if span == Span.ASKED else at - SETTLING
    return min(max(connected_at, until - BACK[span]), until), until


def slot(*, span: Span, at: datetime, zone: ZoneInfo) -> str | None:
    """The name of the comparison that is due: one each quarter of an hour, one each night; None before it."""
    if span == Span.NIGHTLY:
        local = at.astimezone(zone)
        return local.date().isoformat() if local.time() >= NIGHT else None
    whole = int(at.timestamp() // QUARTER.total_seconds() * QUARTER.total_seconds())
    return datetime.fromtimestamp(whole, UTC).isoformat(timespec="minutes")


def missed_between(first: date, last: date, today: date) -> tuple[date, date]:
    """Payouts of these days should be in the bank, whose first and last lines are given.

    A statement that goes well beyond a day misses what is not in it; and so does a company that sends
    statements, but none of those days for a week. Of what was before the first nobody asked the bank.
    """
    beyond = business_days_before(last, BANK_TAKES)
    overdue = business_days_before(today, STATEMENT_TAKES)
    return business_days_before(first, BANK_TAKES), max(beyond, overdue)
