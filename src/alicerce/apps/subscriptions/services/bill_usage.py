"""Ask for what was used until a subscription ended: no renewal will."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.metering import public as metering
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.renewing import absurdity_of, usage_lines
from alicerce.apps.subscriptions.services.hold import held, held_schedule
from alicerce.apps.subscriptions.services.parking import park_all
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.kernel.db import transaction


@transaction()
def bill_closing_usage(*, subscription_id: UUID, at: datetime) -> UUID | None:
    """The invoice, or None when nothing is left to ask for. What was only tried costs nothing. Safe to repeat.

    What no invoice could hold waits for a person, as in a run.
    """
    subscription = held(subscription_id=subscription_id)
    if subscription.status != SubscriptionStatus.ENDED or subscription.started_at is None:
        return None
    today = local_date(at)
    starts = {subscription_id: local_date(subscription.started_at)}
    ended_on = local_date(subscription.ended_at or at)
    usage = metering.usage_until(at, starts=starts, on=ended_on + timedelta(days=1))
    own = usage.get(subscription_id, [])
    if absurdity := absurdity_of((), usage=own):
        held_schedule(customer_id=subscription.customer_id)
        park_all(parked={subscription.customer_id: absurdity}, at=at)
        return None
    is_free = _was_only_tried(subscription)
    lines = [] if is_free else usage_lines(own, price_id=subscription.price_id)
    invoice_id = None
    if lines:
        due_on = today + timedelta(days=terms().days_ahead)
        customer_id = subscription.customer_id
        invoice_id = billing.open_invoice(
            customer_id=customer_id, lines=lines, due_on=due_on, at=at
        )
    metering.close_usage(asked=[(one, invoice_id) for one in own], until=at, is_free=is_free)
    return invoice_id


def bill_left_usage(*, customer_id: UUID, at: datetime) -> list[UUID]:
    """What of theirs ended while nothing was billed, asked for now: no renewal will. Safe to repeat."""
    asked = (bill_closing_usage(subscription_id=one, at=at) for one in _ended_of(customer_id))
    return [invoice_id for invoice_id in asked if invoice_id]


@transaction()
def _ended_of(customer_id: UUID) -> list[UUID]:
    own = Subscription.objects.filter(
        customer_id=customer_id, status=SubscriptionStatus.ENDED, started_at__isnull=False
    )
    return metering.with_usage_left(own.values_list("id", flat=True))


def _was_only_tried(subscription: Subscription) -> bool:
    billed = BilledPeriod.objects.filter(subscription_id=subscription.id)
    return subscription.trial_ends_on is not None and not billed.exists()
