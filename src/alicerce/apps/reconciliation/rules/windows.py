"""How far back each comparison looks, and how often it happens."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.reconciliation.types import Span

QUARTER = timedelta(minutes=15)
BACK = {
    Span.RECENT: timedelta(days=2),
    Span.NIGHTLY: timedelta(days=90),
    Span.ASKED: timedelta(days=2),
}
SETTLING = timedelta(minutes=2)
"""What happened just now may still be on its way to us; nobody waits when a person asks."""
NIGHT = time(3)
BANK_TAKES = timedelta(days=2)
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


def missed_until(covered_until: date) -> date:
    """Payouts up to this day should be in the bank: only a statement that goes well beyond it can miss one."""
    return covered_until - BANK_TAKES
