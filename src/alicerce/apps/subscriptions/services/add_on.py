"""Sell an add-on onto what a customer has, for the cents that were shown."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog import public as catalog
from alicerce.apps.orders import public as orders
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.events import AddonAdded
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.addons import ADDON, figures_of_addon
from alicerce.apps.subscriptions.services.begin_on_account import (
    OnAccount,
    Onto,
    begin_on_account,
)
from alicerce.apps.subscriptions.services.follow_parent import tell_limits_of_parent
from alicerce.apps.subscriptions.services.hold import held
from alicerce.apps.subscriptions.types.addons import AddonPreview, AddonWanted
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def add_addon(
    *, subscription_id: UUID, wanted: AddonWanted, expected_cents: int, at: datetime
) -> UUID:
    """It runs from today on, as a subscription of its own; its id. The customer's next invoice asks for it.

    Raises PreviewOutdated when it does not cost what was shown, OutOfStock, CouponUsedUp, CouponUsed, and what
    `figures_of_addon` and `catalog.answers_to` raise.
    """
    parent = held(subscription_id=subscription_id)
    shown = figures_of_addon(parent, wanted=wanted, at=at)
    if shown.total.cents != expected_cents:
        raise PreviewOutdated
    answers = catalog.answers_to(plan_id=shown.plan_id, said=wanted.answers)
    sold = _sold(parent, shown, at)
    orders.keep_answers(order_id=sold.order_id, answers=answers)
    catalog.take(
        order_id=sold.order_id, customer_id=parent.customer_id, quote=shown.taken, at=at
    )
    addon_id = begin_on_account(sold=sold, at=at)
    _tell(parent, shown, addon_id, at=at)
    return addon_id


def _sold(parent: Subscription, shown: AddonPreview, at: datetime) -> OnAccount:
    """Written down as delivered: it comes with what the customer has already."""
    (line,) = orders.take_over(
        sales=[
            orders.OldSale(
                customer_id=parent.customer_id,
                price_id=shown.price_id,
                kind=ADDON.key,
                description=shown.description,
                cycle=shown.cycle.value,
                spec={"subscription_id": str(parent.id)},
                amount=shown.amount,
                sold_at=at,
            )
        ],
        at=at,
    )
    return OnAccount(
        customer_id=parent.customer_id,
        order_id=line.order_id,
        line_id=line.line_id,
        price_id=shown.price_id,
        description=shown.description,
        cycle=shown.cycle,
        amount=shown.amount,
        starts_on=shown.period.starts_on,
        onto=Onto(parent.id, shown.anchor_day, shown.period.ends_on),
        items=shown.items,
        discount=shown.discount,
    )


def _tell(parent: Subscription, shown: AddonPreview, addon_id: UUID, *, at: datetime) -> None:
    audit.record(
        action="subscription.addon_added",
        entity="subscription",
        entity_id=parent.id,
        after={
            "addon_id": addon_id,
            "price_id": shown.price_id,
            "quantity": shown.quantity,
            "first_cents": shown.total.cents,
            "currency": shown.first.currency,
            "starts_on": shown.period.starts_on,
        },
        at=at,
    )
    publish(
        AddonAdded(
            at=at,
            subscription_id=parent.id,
            addon_id=addon_id,
            customer_id=parent.customer_id,
            price_id=shown.price_id,
            quantity=shown.quantity,
            starts_on=shown.period.starts_on,
        )
    )
    addon: Subscription = Subscription.objects.get(pk=addon_id)
    tell_limits_of_parent(addon=addon, at=at)
