"""What an add-on holds of the stock: as many as it is, or is about to be; none when it has ended."""

from collections.abc import Sequence

from alicerce.apps.catalog import public as catalog
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.changing import items_in_force
from alicerce.apps.subscriptions.queries.limits import units_of
from alicerce.apps.subscriptions.types import NewItem, SubscriptionStatus
from alicerce.kernel.db import transaction


@transaction(shared=True)
def keep_units(*, subscription: Subscription, coming: Sequence[NewItem] = ()) -> None:
    """It is held already. Safe to repeat. Raises OutOfStock where more is coming than there is."""
    if subscription.parent_id is None:
        return
    units = 0
    if subscription.status != SubscriptionStatus.ENDED:
        units = max(units_of(items_in_force(subscription)), units_of(coming))
    catalog.keep_units(
        order_id=subscription.order_id, price_id=subscription.price_id, units=units
    )
