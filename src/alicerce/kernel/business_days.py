"""Days on which business is done in Brazil."""

from datetime import date, timedelta
from functools import cache, lru_cache

from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries.brazil import Brazil

SATURDAY = 5
DAY = timedelta(days=1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """National holidays, and the national days on which offices and banks are closed by custom."""
    return frozenset(Brazil(years=year, categories=(PUBLIC, OPTIONAL)))


def is_business_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


@lru_cache(maxsize=4096)
def business_day_from(day: date) -> date:
    """This day, or the next on which business is done."""
    while not is_business_day(day):
        day += DAY
    return day


def business_days_before(day: date, count: int) -> date:
    """The last day after which so many business days have begun by this one, itself among them."""
    while count:
        count -= is_business_day(day)
        day -= DAY
    return day


def payable_until(due_on: date) -> date:
    """What falls due on a day without banks is paid in time on the next one with them (Lei 7.089/1983)."""
    return business_day_from(due_on)
