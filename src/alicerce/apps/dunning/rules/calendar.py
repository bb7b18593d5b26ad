"""Days on which business is done in Brazil, and hours at which people are written to."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries.brazil import Brazil

from alicerce.apps.dunning.types import Terms

SATURDAY = 5
DAY = timedelta(days=1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """National holidays, and the national days on which offices and banks are closed by custom."""
    return frozenset(Brazil(years=year, categories=(PUBLIC, OPTIONAL)))


def is_business_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def business_day_from(day: date) -> date:
    """This day, or the next on which business is done."""
    while not is_business_day(day):
        day += DAY
    return day


def payable_until(due_on: date) -> date:
    """What falls due on a day without banks is paid in time on the next one with them."""
    return business_day_from(due_on)


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
