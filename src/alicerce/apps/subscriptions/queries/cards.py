"""Subscriptions as other apps see them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.types import EndCause, Scope, SubscriptionCard, SuspendCause
from alicerce.kernel.db import transaction

PAGE = 50


def subscription(subscription_id: UUID) -> SubscriptionCard:
    """Raises NoSuchSubscription."""
    return _found(Subscription.objects.filter(pk=subscription_id).first())


def subscription_of_line(line_id: UUID) -> SubscriptionCard:
    """The subscription that an order line became. Raises NoSuchSubscription: not every line renews."""
    return _found(Subscription.objects.of_line(line_id).first())


def subscriptions_of_invoice(invoice_id: UUID) -> tuple[SubscriptionCard, ...]:
    """Those with a period that this invoice asks to be paid."""
    billed = BilledPeriod.objects.filter(invoice_id=invoice_id).values("subscription_id")
    return tuple(
        row.card() for row in Subscription.objects.filter(pk__in=billed).order_by("id")
    )


def subscriptions_by_id(subscription_ids: Collection[UUID]) -> dict[UUID, SubscriptionCard]:
    rows = Subscription.objects.filter(pk__in=list(subscription_ids))
    return {row.id: row.card() for row in rows}


def subscriptions_of(
    customer_ids: Sequence[UUID], *, limit: int = PAGE
) -> tuple[SubscriptionCard, ...]:
    """The newest of these customers."""
    found = Subscription.objects.filter(customer_id__in=customer_ids).newest_first()
    return tuple(row.card() for row in found[:limit])


def addons_of(subscription_id: UUID) -> tuple[SubscriptionCard, ...]:
    """What was sold onto it and has not ended."""
    return tuple(row.card() for row in Subscription.objects.addons_of(subscription_id))


def stopped_for_debt(customer_id: UUID) -> frozenset[Scope]:
    """How far anything of this customer's is suspended because it is not paid."""
    own = Subscription.objects.filter(customer_id=customer_id)
    stopped = own.filter(suspend_cause=SuspendCause.UNPAID)
    return frozenset(map(Scope, stopped.values_list("suspend_scope", flat=True)))


def sold_as(subscription_id: UUID) -> tuple[UUID, str]:
    """The price in force of a subscription, and what it is called. Raises NoSuchSubscription."""
    rows = Subscription.objects.filter(pk=subscription_id)
    found = rows.values_list("price_id", "description").first()
    if found is None:
        raise NoSuchSubscription
    return found


def lost_for_debt(customer_id: UUID) -> bool:
    """Whether anything of this customer's was ended because it was not paid."""
    own = Subscription.objects.filter(customer_id=customer_id, end_cause=EndCause.UNPAID)
    return bool(own.exists())


@transaction()
def live_subscriptions_of(customer_id: UUID) -> int:
    """How many of this customer's subscriptions have started and not ended."""
    started = Subscription.objects.live().filter(started_at__isnull=False)
    return int(started.filter(customer_id=customer_id).count())


def _found(row: Subscription | None) -> SubscriptionCard:
    if row is None:
        raise NoSuchSubscription
    return row.card()
