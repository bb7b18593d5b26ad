"""Holding a customer's subscriptions: their schedule first, always, so that nobody waits in a circle."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.models import Schedule, Subscription

RESCHEDULE = """
    update subscriptions_schedule as schedule set next_bill_on = (
        select min(greatest(own.next_bill_on, schedule.billed_on + 1))
        from subscriptions_subscription own
        where own.tenant_id = schedule.tenant_id and own.customer_id = schedule.customer_id
            and own.next_bill_on is not null
    )
    where schedule.customer_id = any(%s)
"""


def held_schedule(*, customer_id: UUID) -> Schedule:
    """The customer's schedule, made with their first subscription, held until the transaction ends."""
    Schedule.objects.bulk_create([Schedule(customer_id=customer_id)], ignore_conflicts=True)
    found = known_schedule(customer_id=customer_id)
    assert found, "it was just made"
    return found


def known_schedule(*, customer_id: UUID) -> Schedule | None:
    """The same of who may never have subscribed to anything."""
    own = Schedule.objects.select_for_update(of=("self",), no_key=True)
    found: Schedule | None = own.filter(customer_id=customer_id).first()
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


def reschedule(*, customer_ids: Collection[UUID]) -> None:
    """Say anew when these customers are billed next: not twice a day, however much is due."""
    with connection.cursor() as cursor:
        cursor.execute(RESCHEDULE, [list(customer_ids)])
