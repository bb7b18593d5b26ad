"""How long the trail keeps what it knows of people who never said who they are."""

from datetime import datetime, timedelta

VISITS_KEPT = timedelta(days=183)
"""Six months, for which the law has whoever offers an application keep who used it from where."""
MONTH = timedelta(days=31)


def visitors_of(at: datetime) -> str:
    """The subject of whoever visited that month: they share a key, and lose it together."""
    return f"visitor:{at:%Y-%m}"


def lapsed_before(at: datetime) -> datetime:
    """A month's key made before this has nothing left under it that must be kept."""
    return at - VISITS_KEPT - MONTH
