"""On which terms the company bills, and on which day of the month a customer wants to be."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DateField, F, Value
from django.db.models.functions import Cast, Greatest

from alicerce.apps.audit import public as audit
from alicerce.apps.subscriptions.models import BillingTerms, Schedule, Subscription
from alicerce.apps.subscriptions.services.hold import held_schedule, reschedule
from alicerce.apps.subscriptions.types import SubscriptionStatus, Terms
from alicerce.kernel.db import transaction


@transaction()
def set_terms(*, terms: Terms, at: datetime) -> bool:
    """Keep the terms, and say anew when everybody is billed next. False when they are the same."""
    BillingTerms.objects.bulk_create([BillingTerms()], ignore_conflicts=True)
    own = BillingTerms.objects.select_for_update(of=("self",)).get()
    before = own.card()
    if not own.adopt(terms):
        return False
    if before.days_ahead != terms.days_ahead:
        _move_all(terms.days_ahead)
    audit.record(
        action="billing_terms.changed",
        entity="billing_terms",
        entity_id=own.id,
        before=asdict(before),
        after=asdict(terms),
        at=at,
    )
    return True


@transaction()
def set_billing_day(*, customer_id: UUID, day: int | None, at: datetime) -> bool:
    """From their next period on, a customer's subscriptions begin on this day of the month.

    None leaves each on the day it is on, and new ones on the day they are paid. False when it is so.
    """
    schedule = held_schedule(customer_id=customer_id)
    before = schedule.billing_day
    if not schedule.choose_day(day):
        return False
    if day is not None:
        own = Subscription.objects.live().filter(customer_id=customer_id)
        own.filter(started_at__isnull=False).update(anchor_day=day)
    audit.record(
        action="billing_day.changed",
        entity="customer",
        entity_id=customer_id,
        before={"day": before},
        after={"day": day},
        at=at,
    )
    return True


def _move_all(days_ahead: int) -> None:
    """Schedules first, as everybody does who holds both."""
    list(Schedule.objects.select_for_update(of=("self",), no_key=True).values_list("pk"))
    billed = Subscription.objects.filter(next_bill_on__isnull=False)
    billed = billed.exclude(
        status=SubscriptionStatus.TRIALING
    )  # invoiced on its day, never ahead
    moved = F("next_starts_on") - Value(timedelta(days=days_ahead))
    billed.update(next_bill_on=Greatest(Cast(moved, DateField()), F("bill_not_before")))
    reschedule(customer_ids=list(Schedule.objects.values_list("customer_id", flat=True)))
