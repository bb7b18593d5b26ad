"""Change the plan of a subscription, or what goes with it, for the cents that were shown."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.types import Chosen
from alicerce.apps.subscriptions.queries.changing import figures
from alicerce.apps.subscriptions.queries.changing_items import figures_of_items
from alicerce.apps.subscriptions.services.confirm_change import confirm_change
from alicerce.apps.subscriptions.services.hold import held
from alicerce.apps.subscriptions.types.changes import ChangeView, ChangeWhen
from alicerce.kernel.db import transaction


@transaction()
def change_plan(
    *,
    subscription_id: UUID,
    price_id: UUID,
    expected_cents: int,
    at: datetime,
    when: ChangeWhen | None = None,
) -> ChangeView:
    """Ask for another plan. Raises what `figures` and `confirm_change` raise."""
    subscription = held(subscription_id=subscription_id)
    shown = figures(subscription, price_id=price_id, at=at, when=when)
    return confirm_change(
        subscription=subscription, shown=shown, expected_cents=expected_cents, at=at
    )


@transaction()
def change_items(
    *,
    subscription_id: UUID,
    wanted: Sequence[Chosen],
    expected_cents: int,
    at: datetime,
    when: ChangeWhen | None = None,
    quantity: int | None = None,
) -> ChangeView:
    """Ask for more, less or other options. Raises what `figures_of_items` and `confirm_change` raise."""
    subscription = held(subscription_id=subscription_id)
    shown = figures_of_items(subscription, wanted=wanted, at=at, when=when, quantity=quantity)
    return confirm_change(
        subscription=subscription, shown=shown, expected_cents=expected_cents, at=at
    )
