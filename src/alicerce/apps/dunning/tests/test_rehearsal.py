"""Months pass in a sandbox: what falls due happens in its day, and paying late sets it right."""

from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs

STARTED = datetime(2026, 9, 1, 15, tzinfo=UTC)


@pytest.fixture
def sandbox(tenant, provider):
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=STARTED)
    with acting(tenant_id=twin), showing_rows_of(twin):
        yield twin


def pass_time(days, *, start):
    for week in range(0, days, 7):  # each move is short enough for a test's queue
        begin = start + timedelta(days=week)
        goal = start + timedelta(days=min(week + 7, days))
        tenancy.move_clock(to=goal, at=begin)
        run_jobs(include_delayed=True)


def test_a_renewal_nobody_pays_is_suspended_and_comes_back(sandbox):
    subscription = a_subscription(paid_at=STARTED)
    run_jobs(include_delayed=True)

    pass_time(49, start=STARTED)

    [renewal] = Invoice.objects.filter(order_id=None)
    assert renewal.opened_at.date() < renewal.due_on == STARTED.date() + timedelta(days=30)
    assert BilledPeriod.objects.filter(subscription=subscription).count() == 2
    assert now() == STARTED + timedelta(days=49)
    held = Subscription.objects.get(pk=subscription.pk)
    assert held.status == SubscriptionStatus.SUSPENDED
    assert Message.objects.filter(template="invoice_issued").count() == 1

    paid = a_payment(renewal.id, amount=renewal.total, paid_at=now())
    book_payment(account_id=an_account().id, paid=paid, at=now())
    run_jobs(include_delayed=True)

    assert Subscription.objects.get(pk=subscription.pk).status == SubscriptionStatus.ACTIVE
