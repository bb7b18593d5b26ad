"""A trial that begins with a card, and is charged when it is over."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest

from alicerce.apps.billing.models import Invoice
from alicerce.apps.catalog.errors import BadPlan
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.tests.factories import a_plan, a_price
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.apps.collecting.models import Attempt
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.errors import CardFirst
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel import clock as kernel_clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

STARTED = datetime(2026, 9, 1, 15, tzinfo=UTC)


@pytest.fixture
def sandbox(tenant, stripe):
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=STARTED)
    with acting(tenant_id=twin), showing_rows_of(twin):
        yield twin


def test_waits_for_the_card_and_charges_it_on_its_last_day(sandbox, stripe, monkeypatch):
    monkeypatch.setattr(kernel_clock, "wall", lambda: STARTED)
    price = a_price(amount_cents=4990, trial_days=7, trial_card=True)
    order = an_order(price=price)
    run_jobs(include_delayed=True)
    assert order.trial_card
    assert Message.objects.filter(template="order_trial").count() == 1
    with pytest.raises(CardFirst):
        orders.begin_trial(order_id=order.id, at=STARTED)
    assert not Subscription.objects.filter(status="trialing").exists()

    other = a_price(amount_cents=9990, trial_days=7, trial_card=True)
    strangers = an_order(
        price=other, domain="de-outro.com.br"
    )  # in their name, never agreed to
    assert strangers.customer_id == order.customer_id
    orders.agree_to_trial(order_id=order.id)
    payer = stripe.known(order.customer_id, stripe.connect(at=STARTED))
    stripe.keep_card(payer, at=STARTED)
    run_jobs(include_delayed=True)
    assert not orders.begin_trial(order_id=order.id, at=STARTED), "the card began it"
    assert orders.order(strangers.id).awaits_proof
    assert Subscription.objects.filter(status="trialing").count() == 1
    tenancy.move_clock(to=STARTED + timedelta(days=6), at=STARTED)
    run_jobs(include_delayed=True)
    assert Message.objects.filter(template="trial_ending").count() == 1
    assert not Invoice.objects.exists()
    tenancy.move_clock(to=STARTED + timedelta(days=8), at=STARTED + timedelta(days=6))
    run_jobs(include_delayed=True)

    [renewal] = Invoice.objects.all()
    assert (renewal.due_on, renewal.total_cents) == (date(2026, 9, 8), 4990)
    assert renewal.status == "paid"
    assert [each.status for each in Attempt.objects.all()] == ["succeeded"]
    assert set(Subscription.objects.values_list("status", flat=True)) == {"active", "ended"}


def test_a_card_is_asked_for_only_with_days_of_trial(tenant):
    wanted = {Cycle.MONTHLY: NewPrice(Money(100), trial_card=True)}
    with pytest.raises(BadPlan):
        change_prices(plan_id=a_plan().id, wanted=wanted, at=STARTED)
