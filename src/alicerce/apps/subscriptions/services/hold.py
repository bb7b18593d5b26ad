"""Holding a customer's subscriptions: their schedule first, always, so that nobody waits in a circle."""

from uuid import UUID

from django.db.models import Min

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Schedule, Subscription


def held_schedule(*, customer_id: UUID) -> Schedule:
    """The customer's schedule, made with their first subscription, held until the transaction ends."""
    Schedule.objects.bulk_create([Schedule(customer_id=customer_id)], ignore_conflicts=True)
    found: Schedule = (
        Schedule.objects.select_for_update(of=("self",), no_key=True)
        .filter(customer_id=customer_id)
        .get()
    )
    return found


def held(*, subscription_id: UUID) -> Subscription:
    """Raises NoSuchSubscription."""
    whose = Subscription.objects.filter(pk=subscription_id).values_list(
        "customer_id", flat=True
    )
    customer_id = whose.first()
    if customer_id is None:
        raise NoSuchSubscription
    held_schedule(customer_id=customer_id)
    found: Subscription = Subscription.objects.lock(subscription_id)
    return found


def reschedule(*, customer_id: UUID) -> None:
    """Say anew when the customer is billed next."""
    earliest = Subscription.objects.filter(
        customer_id=customer_id, next_bill_on__isnull=False
    ).aggregate(day=Min("next_bill_on"))
    Schedule.objects.filter(customer_id=customer_id).update(next_bill_on=earliest["day"])
