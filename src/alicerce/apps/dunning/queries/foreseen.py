"""Where the invoices of customers stand on their ladders, copied to go on with apart from the book."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from alicerce.apps.dunning.models import Hold, Taken, Walk
from alicerce.apps.dunning.queries.ladders import overrides_of
from alicerce.apps.dunning.queries.walks import Atlas
from alicerce.apps.dunning.types import LadderCard, Mark, OverrideCard


@dataclass(frozen=True, slots=True)
class Walking:
    """An invoice on its way: what was done, whether it is late, and the subscriptions it holds."""

    customer_id: UUID
    marks: tuple[Mark, ...]
    is_overdue: bool
    holds: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class LadderBook:
    """The ladder and the exception of each customer, and their invoices that are on it."""

    ladders: dict[UUID, LadderCard] = field(default_factory=dict)
    overrides: dict[UUID, OverrideCard] = field(default_factory=dict)
    walking: dict[UUID, Walking] = field(default_factory=dict)


def ladder_book(customer_ids: Collection[UUID]) -> LadderBook:
    atlas, overrides = Atlas(), overrides_of(list(customer_ids))
    ladders = {id_: atlas.ladder_for(overrides.get(id_)) for id_ in customer_ids}
    walks = list(Walk.objects.on_the_way().filter(customer_id__in=customer_ids))
    marks: dict[UUID, list[Mark]] = defaultdict(list)
    for row in Taken.objects.filter(walk_id__in=[walk.id for walk in walks]).order_by("id"):
        marks[row.walk_id].append(row.mark())
    holds: dict[UUID, set[UUID]] = defaultdict(set)
    held = Hold.objects.held().filter(walk_id__in=[walk.id for walk in walks])
    for walk_id, subscription_id in held.values_list("walk_id", "subscription_id"):
        holds[walk_id].add(subscription_id)
    walking = {
        walk.invoice_id: Walking(
            walk.customer_id,
            tuple(marks[walk.id]),
            walk.overdue_at is not None,
            frozenset(holds[walk.id]),
        )
        for walk in walks
    }
    return LadderBook(ladders, overrides, walking)
