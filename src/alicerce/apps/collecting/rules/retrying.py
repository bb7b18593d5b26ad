"""When a card is charged by itself, and when again."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = 9
"""Of the company's day: banks answer, and whoever reads the letter can still do something."""
RETRY_AFTER_DAYS = (2, 5, 7, 7)
"""Each from the attempt before, as long as the same card fails for a reason that time may mend."""
MOST_BY_CLIENT = 5
WARN_BEFORE = timedelta(days=30)
LINK_LIVES = timedelta(days=7)


def first_try(due_on: date, *, zone: ZoneInfo, at: datetime) -> datetime:
    """In the morning of the due day; what is due already is charged now."""
    return max(_morning(due_on, zone), at)


def next_try(failed_at: datetime, *, failures: int, zone: ZoneInfo) -> datetime | None:
    """After so many failures of the same card. None when it was tried often enough."""
    if failures > len(RETRY_AFTER_DAYS):
        return None
    day = failed_at.astimezone(zone).date() + timedelta(days=RETRY_AFTER_DAYS[failures - 1])
    return _morning(day, zone)


def last_day(month: int, year: int) -> date:
    """A card is good through the last day of the month printed on it."""
    return date(year, month, monthrange(year, month)[1])


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(HOUR), zone).astimezone(ZoneInfo("UTC"))
