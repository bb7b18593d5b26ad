"""What a dispute becomes when it is told anew, and when people are reminded of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.disputes.types import DisputeStatus, Mark

RANKS: Mapping[DisputeStatus, int] = {
    DisputeStatus.EARLY_WARNING: 0,
    DisputeStatus.NEEDS_RESPONSE: 1,
    DisputeStatus.UNDER_REVIEW: 2,
    DisputeStatus.PREVENTED: 3,
    DisputeStatus.LOST: 4,
    DisputeStatus.ACCEPTED: 4,
    DisputeStatus.WON: 5,
}
BEFORE: Mapping[Mark, timedelta] = {
    Mark.THREE_DAYS: timedelta(days=3),
    Mark.ONE_DAY: timedelta(days=1),
}
LATEST_MED = timedelta(days=80)
"""How long after a Pix its payer may ask for the special mechanism."""


def comes_after(told: DisputeStatus, known: DisputeStatus) -> bool:
    """Whether it is news: what is heard late never takes a dispute back."""
    return RANKS[told] > RANKS[known]


def next_reminder(respond_by: datetime | None, *, after: datetime) -> datetime | None:
    """The first moment after this one at which people are reminded."""
    if respond_by is None:
        return None
    moments = (respond_by - span for span in BEFORE.values())
    return min((moment for moment in moments if moment > after), default=None)


def mark_of(respond_by: datetime, *, at: datetime) -> Mark | None:
    """Which reminder it is time for; the last of them after an outage, none when it is too late."""
    if at >= respond_by:
        return None
    due = [mark for mark, span in BEFORE.items() if at >= respond_by - span]
    return due[-1] if due else None


def days_left(respond_by: datetime, *, at: datetime, zone: ZoneInfo) -> int:
    """Whole local days until the last one: 0 is today, below zero it is over."""
    return (local_day(respond_by, zone) - local_day(at, zone)).days


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def is_sound_med(
    *,
    cents: int,
    paid_cents: int,
    paid_at: datetime,
    notified_at: datetime,
    respond_by: datetime,
) -> bool:
    in_time = paid_at <= notified_at <= paid_at + LATEST_MED
    return in_time and 0 < cents <= paid_cents and respond_by > notified_at
