"""Months pass in a sandbox: a card fails, the ladder suspends, another card pays and all comes back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest

from alicerce.apps.billing.models import Invoice, Payment
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.services.keep_cards import look_at_cards
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs

STARTED = datetime(2026, 9, 1, 15, tzinfo=UTC)


@pytest.fixture
def sandbox(tenant, stripe):
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=STARTED)
    with acting(tenant_id=twin), showing_rows_of(twin):
        yield twin


def pass_time(days):
    for week in range(0, days, 7):  # each move is short enough for a test's queue
        begin = STARTED + timedelta(days=week)
        goal = STARTED + timedelta(days=min(week + 7, days))
        tenancy.move_clock(to=goal, at=begin)
        run_jobs(include_delayed=True)


def test_a_card_fails_the_ladder_suspends_and_another_card_brings_all_back(sandbox, stripe):
    subscription = a_subscription(paid_at=STARTED)
    account = stripe.connect(at=STARTED)
    payer = stripe.known(subscription.customer_id, account)
    first = stripe.keep_card(payer, at=STARTED)
    stripe.vault.spoil(first, "insufficient_funds")
    run_jobs(include_delayed=True)

    pass_time(45)

    [renewal] = Invoice.objects.filter(order_id=None)
    attempts = Attempt.objects.filter(invoice=renewal).order_by("id")
    assert now() == STARTED + timedelta(days=45)
    assert renewal.opened_at.date() < renewal.due_on == date(2026, 10, 1)
    assert BilledPeriod.objects.filter(subscription=subscription).count() == 2
    assert Message.objects.filter(template="invoice_issued").count() == 1
    assert [(each.trigger, each.begun_at.date()) for each in attempts] == [
        ("cycle", date(2026, 10, 1)),
        ("dunning", date(2026, 10, 3)),
        ("dunning", date(2026, 10, 8)),
        ("dunning", date(2026, 10, 15)),
    ]
    assert {each.status for each in attempts} == {"failed"}
    assert Collection.objects.get().next_at.date() == date(2026, 10, 22)
    assert Subscription.objects.get(pk=subscription.pk).status == "suspended"
    assert Message.objects.filter(template="card_failed").count() == 4

    stripe.vault.keep(payer.external_id)
    look_at_cards(payer_id=payer.id, at=now())
    run_jobs(include_delayed=True)

    last = Attempt.objects.latest("id")
    assert (last.trigger, last.status) == ("method_update", "succeeded")
    assert Payment.objects.filter(invoice=renewal, charge=last.charge_id).count() == 1
    assert Subscription.objects.get(pk=subscription.pk).status == "active"
    assert Card.objects.get(is_default=True).id == last.card_id
    assert Message.objects.filter(template="card_recovered").count() == 1
    assert [each["status"] for each in stripe.charged()] == [
        *["requires_payment_method"] * 4,
        "succeeded",
    ]
