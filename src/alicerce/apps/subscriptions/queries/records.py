"""Subscriptions as programs read them: plain rows, no instances."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Item, Subscription
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
    items = _items({row["id"] for row in found.rows})
    return Slice([_record(row, items[row["id"]]) for row in found.rows], found.next_cursor)


def subscription_record(subscription_id: UUID) -> Row:
    """Raises NoSuchSubscription."""
    found = Subscription.objects.filter(pk=subscription_id).values(*COLUMNS).first()
    if found is None:
        raise NoSuchSubscription
    return _record(found, _items({subscription_id})[subscription_id])


def _items(subscription_ids: Collection[UUID]) -> dict[UUID, list[Row]]:
    rows = Item.objects.in_force().filter(subscription_id__in=subscription_ids)
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows.order_by("subscription_id", "position").values(*ITEM_COLUMNS):
        found[row.pop("subscription_id")].append(row)
    return found


def _record(row: Row, items: list[Row]) -> Row:
    """What is empty in the database is null outside."""
    row["order_line_id"] = row.pop("line_id")
    for name in ("suspend_scope", "suspend_cause", "end_cause"):
        row[name] = row[name] or None
    return {"object": "subscription", **row, "items": items}
