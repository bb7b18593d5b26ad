"""Days of a forecast."""

from calendar import monthrange
from datetime import date

YEAR = 12


def months_ahead(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    place = day.year * YEAR + day.month - 1 + months
    year, month = divmod(place, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> list[date]:
    """The first days of all months that have a day of it."""
    start, end = first.replace(day=1), last.replace(day=1)
    found = []
    while start <= end:
        found.append(start)
        start = months_ahead(start, 1)
    return found
