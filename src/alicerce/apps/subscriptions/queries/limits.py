"""What a subscription allows: its plan, its options and its add-ons together."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import Chosen, Limits
from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Item, Subscription
from alicerce.apps.subscriptions.types import NewItem


def limits_of(subscription_id: UUID) -> dict[str, int | None]:
    """Raises NoSuchSubscription."""
    price_id = Subscription.objects.filter(pk=subscription_id).values_list(
        "price_id", flat=True
    )
    found = price_id.first()
    if found is None:
        raise NoSuchSubscription
    rows = Item.objects.in_force().filter(subscription_id=subscription_id)
    addons = Subscription.objects.addons_of(subscription_id).values_list("price_id", flat=True)
    return dict(limits_with(found, [row.sold() for row in rows], beside=list(addons)))


def limits_with(
    price_id: UUID, items: Sequence[NewItem], *, beside: Sequence[UUID] = ()
) -> Limits:
    """What the plan of a price allows with such items, and with add-ons of these prices."""
    chosen = [
        Chosen(item.option_id, item.choice_id, item.quantity)
        for item in items
        if item.option_id and item.choice_id
    ]
    return catalog.limits_with(price_id=price_id, chosen=chosen, beside=beside)
