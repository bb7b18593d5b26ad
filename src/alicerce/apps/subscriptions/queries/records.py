"""Subscriptions as programs read them: plain rows, no instances."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Item, Subscription
from alicerce.apps.subscriptions.queries.price_moves import price_to_come, prices_to_come
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.apps.subscriptions.types.price_moves import PriceToCome
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "status",
    "customer_id",
    "order_id",
    "line_id",
    "parent_id",
    "price_id",
    "description",
    "cycle",
    "amount_cents",
    "currency",
    "period_starts_on",
    "period_ends_on",
    "next_bill_on",
    "trial_ends_on",
    "cancel_at_period_end",
    "ends_on",
    "paused_at",
    "suspend_scope",
    "suspend_cause",
    "started_at",
    "ended_at",
    "end_cause",
)
ITEM_COLUMNS = (
    "subscription_id", "kind", "description", "quantity", "unit_cents", "option_id", "choice_id",
)  # fmt: skip


def subscription_rows(window: Window, **wanted: object) -> Slice:
    """Subscriptions with their items; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Subscription.objects.filter(**narrowed), window, *COLUMNS)
    ids = {row["id"] for row in found.rows}
    items, coming = _items(ids), prices_to_come(ids)
    return Slice(
        [_record(row, items[row["id"]], coming.get(row["id"])) for row in found.rows],
        found.next_cursor,
    )


def subscription_record(subscription_id: UUID) -> Row:
    """Raises NoSuchSubscription."""
    found = Subscription.objects.filter(pk=subscription_id).values(*COLUMNS).first()
    if found is None:
        raise NoSuchSubscription
    items = _items({subscription_id})[subscription_id]
    return _record(found, items, price_to_come(subscription_id))


def _items(subscription_ids: Collection[UUID]) -> dict[UUID, list[Row]]:
    rows = Item.objects.in_force().filter(subscription_id__in=subscription_ids)
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows.order_by("subscription_id", "position").values(*ITEM_COLUMNS):
        found[row.pop("subscription_id")].append(row)
    return found


def _record(row: Row, items: list[Row], coming: PriceToCome | None) -> Row:
    """What is empty in the database is null outside; what has ended has no price to come."""
    row["order_line_id"] = row.pop("line_id")
    for name in ("suspend_scope", "suspend_cause", "end_cause"):
        row[name] = row[name] or None
    row["next_price"] = None
    if coming and row["status"] != SubscriptionStatus.ENDED:
        row["next_price"] = {
            "amount_cents": coming.after.cents,
            "effective_on": coming.effective_on,
        }
    return {"object": "subscription", **row, "items": items}
