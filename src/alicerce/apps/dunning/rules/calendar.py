"""Days on which business is done in Brazil, and hours at which people are written to."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from alicerce.apps.dunning.types import Terms
from alicerce.kernel.business_days import DAY, business_day_from, is_business_day


@lru_cache(maxsize=4096)
def instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The hour of a local day; one that the clocks jump over is the one they jump to."""
    return datetime.combine(day, time(hour), zone).astimezone(ZoneInfo("UTC"))


def within_hours(at: datetime, terms: Terms, zone: ZoneInfo) -> datetime:
    """This moment, or the next at which people may be written to."""
    local = at.astimezone(zone)
    if local.hour < terms.opens:
        return instant(local.date(), terms.opens, zone)
    if local.hour >= terms.closes:
        return instant(local.date() + DAY, terms.opens, zone)
    return at


def within_business(at: datetime, terms: Terms, zone: ZoneInfo) -> datetime:
    """This moment, or the next at which a service may be touched."""
    at = within_hours(at, terms, zone)
    local = at.astimezone(zone).date()
    if not terms.on_business_days or is_business_day(local):
        return at
    return instant(business_day_from(local), terms.opens, zone)
