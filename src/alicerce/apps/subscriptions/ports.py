"""What subscriptions need of the apps above: how much there is of what plans limit, what no longer runs, and cards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.subscriptions.types.backfill import Standing

Count = Callable[[UUID], int]

counts: dict[str, Count] = {}
"""By limit; each counts what the order line of a subscription has by now. What none counts, a server does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How much a server said there is, in the unit of the limit, and when it said so."""

    used: int
    seen_at: datetime
    used_bytes: int | None = None


readings: dict[str, Callable[[UUID], Reading | None]] = {}
"""By limit; what a server counts and was read from it, of the order line of a subscription. It refuses nothing."""

Look = Callable[[Sequence[UUID]], Mapping[UUID, Standing]]

deliverers: dict[str, Look] = {}
"""By app; each says of which of these order lines what it delivered is stopped, or over."""


@dataclass(frozen=True, slots=True)
class CardAtHand:
    """A kept card that its owner may have charged with the press of a button."""

    card_id: UUID
    name: str


cards_at_hand: dict[str, Callable[[UUID, datetime], CardAtHand | None]] = {}
"""By app; the one that a customer would pay with, unless they said that their bank pays."""

Pay = Callable[[UUID, UUID, datetime], None]

pay_at_once: dict[str, Pay] = {}
"""By app; has an invoice charged to a card, by their ids. Raises Refused."""
