"""How fast one may guess. Pure functions."""

from datetime import timedelta

WINDOW = timedelta(minutes=5)
MOST_PER_EMAIL = 10
MOST_PER_ADDRESS = 30


def may_try(*, on_email: int, from_address: int) -> bool:
    """Whether one more attempt is allowed after these failures within the window."""
    return on_email < MOST_PER_EMAIL and from_address < MOST_PER_ADDRESS
