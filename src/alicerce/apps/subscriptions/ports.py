"""What subscriptions need of the apps above: how much there is of what plans limit."""

from collections.abc import Callable
from uuid import UUID

Count = Callable[[UUID], int]

counts: dict[str, Count] = {}
"""By limit; each counts what the order line of a subscription has by now. What none counts, a server does."""
