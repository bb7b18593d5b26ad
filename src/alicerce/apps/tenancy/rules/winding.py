"""How the clock of a rehearsal goes on: where it stops, how it rests. Pure functions."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_MOVE = timedelta(days=366)
FIRST_NAP, LONGEST_NAP = timedelta(milliseconds=250), timedelta(seconds=8)
"""The longest is longer than what the queue calls soon: what a clock waits for is done before it looks again."""
MOST_NAPS = 450
"""At one stop: an hour. What is still at work then will never end, and the clock goes on without it."""
STOPS = (time(3), time(10), time(15))
"""Where a rehearsal's clock stops each day: after the night's work, and twice in business hours."""


def clock_nap(naps: int) -> timedelta:
    """How long a clock rests that has rested so often at this stop."""
    return min(FIRST_NAP * (1 << min(naps, 10)), LONGEST_NAP)


def next_stop(reads_at: datetime, *, until: datetime, zone: ZoneInfo) -> datetime:
    """The next time of the day at which a rehearsal's clock stops; at the latest its goal."""
    today = reads_at.astimezone(zone).date()
    days = (today, today + timedelta(days=1))
    stops = (datetime.combine(day, hour, zone) for day in days for hour in STOPS)
    return min(next(stop for stop in stops if stop > reads_at), until)
