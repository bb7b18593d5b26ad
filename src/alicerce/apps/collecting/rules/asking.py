"""How often a payer's bank is asked, and when its customer is reminded. Plain Python: safe to import anywhere."""

from datetime import datetime, timedelta

DAY = timedelta(days=1)
MOST_A_DAY = 3
"""Requests to the banks of one customer, whoever asks: each is shown on somebody's phone."""


def reminder_at(asked_at: datetime, until: datetime) -> datetime:
    """A day before it is too late; of a short time, when half of it is over."""
    return until - min(DAY, (until - asked_at) / 2)
