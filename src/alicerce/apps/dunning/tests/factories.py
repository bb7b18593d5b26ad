"""The least that is valid, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.tests.factories import PRICE, an_invoice
from alicerce.apps.dunning.models import Walk
from alicerce.apps.dunning.services.begin_walk import begin_walk
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription

ZONE = ZoneInfo("America/Sao_Paulo")
DUE = date(2026, 11, 9)
"""A Monday; the Sunday after is a holiday, and so is Friday the 20th in all of Brazil."""
OPENED = datetime(2026, 11, 1, 9, tzinfo=UTC)


def local(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def after(days: int, hour: int = 9) -> datetime:
    """So many days after the due date, at a local hour."""
    return local(DUE + timedelta(days=days), hour)


def a_renewal(subscription: Subscription | None = None, **given: Any) -> Invoice:
    """An open invoice of a subscription's next month, on the ladder."""
    subscription = subscription or a_subscription()
    opened_at = given.pop("at", OPENED)
    due_on = given.pop("due_on", DUE)
    invoice = an_invoice(
        PRICE, customer_id=subscription.customer_id, due_on=due_on, at=opened_at, **given
    )
    BilledPeriod.objects.create(
        subscription=subscription,
        starts_on=due_on,
        ends_on=due_on + timedelta(days=30),
        invoice=invoice,
        amount_cents=PRICE.cents,
        currency=PRICE.currency,
    )
    begin_walk(invoice_id=invoice.id, at=opened_at)
    return invoice


def walk_of(invoice: Invoice) -> Walk:
    walk: Walk = Walk.objects.get(invoice_id=invoice.id)
    return walk


def live_through(until: datetime, *, begin: datetime = OPENED) -> None:
    """The clock as it runs, from one moment at which something is due to the next."""
    at: datetime | None = begin
    while at and at <= until:
        take_due_steps(at=at)
        waiting = Walk.objects.on_the_way().filter(next_at__gt=at)
        at = waiting.aggregate(first=Min("next_at"))["first"]
