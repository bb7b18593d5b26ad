"""What subscriptions need of the apps above: how much there is of what plans limit, and what no longer runs."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from alicerce.apps.subscriptions.types.backfill import Standing

Count = Callable[[UUID], int]

counts: dict[str, Count] = {}
"""By limit; each counts what the order line of a subscription has by now. What none counts, a server does."""

Look = Callable[[Sequence[UUID]], Mapping[UUID, Standing]]

deliverers: dict[str, Look] = {}
"""By app; each says of which of these order lines what it delivered is stopped, or over."""
