"""What a subscription allows: its plan, its options and its add-ons together."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import Chosen, Held, Limits
from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Item, Subscription
from alicerce.apps.subscriptions.ports import counts, readings
from alicerce.apps.subscriptions.types import ItemKind, LimitUse, NewItem


def limits_of(subscription_id: UUID) -> dict[str, int | None]:
    """Raises NoSuchSubscription."""
    own = Subscription.objects.filter(pk=subscription_id).values_list("id", "price_id")
    addons = Subscription.objects.addons_of(subscription_id).values_list("id", "price_id")
    if not own:
        raise NoSuchSubscription
    return dict(catalog.limits_with(_held([*own, *addons])))


def uses_of(subscription_id: UUID) -> list[LimitUse]:
    """Each limit beside what there is of it. Of an add-on nothing: it counts for its parent. Raises NoSuchSubscription."""
    found = limits_of(subscription_id)
    own: Subscription = Subscription.objects.get(pk=subscription_id)
    if own.parent_id is not None:
        return [LimitUse(key, most, None) for key, most in found.items()]
    return [_use(own.line_id, key, most) for key, most in found.items()]


def _use(line_id: UUID, key: str, most: int | None) -> LimitUse:
    if key in counts:
        return LimitUse(key, most, counts[key](line_id))
    said = readings[key](line_id) if key in readings else None
    if said is None:
        return LimitUse(key, most, None)
    return LimitUse(key, most, said.used, said.used_bytes, said.seen_at)


def limits_with(price_id: UUID, items: Sequence[NewItem]) -> Limits:
    """What the plan of a price allows with such items."""
    return catalog.limits_with([held_by(price_id, items)])


def held_by(price_id: UUID, items: Sequence[NewItem]) -> Held:
    chosen = [
        Chosen(item.option_id, item.choice_id, item.quantity)
        for item in items
        if item.option_id and item.choice_id
    ]
    return Held(price_id, units_of(items), tuple(chosen))


def units_of(items: Sequence[NewItem]) -> int:
    """How many of the plan; one of what names none."""
    return sum(item.quantity for item in items if item.kind == ItemKind.PLAN) or 1


def _held(rows: Sequence[tuple[UUID, UUID]]) -> list[Held]:
    items: dict[UUID, list[NewItem]] = defaultdict(list)
    found = Item.objects.in_force().filter(subscription_id__in=[id_ for id_, _ in rows])
    for row in found.order_by("position"):
        items[row.subscription_id].append(row.sold())
    return [held_by(price_id, items[id_]) for id_, price_id in rows]
