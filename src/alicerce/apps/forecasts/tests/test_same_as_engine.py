"""What is foretold is what happens: months ahead, and then the engine itself on a sandbox's clock."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest

from alicerce.apps.billing.tests.factories import give_credit
from alicerce.apps.catalog.tests.factories import a_coupon, a_plan, a_price
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.dunning.services.override import NewOverride, set_override
from alicerce.apps.forecasts.models import Forecast, ForecastHappening, ForecastInvoice
from alicerce.apps.forecasts.services.run import ask_forecast, take_forecast_on
from alicerce.apps.forecasts.tests.rehearsing import (
    Rehearsal,
    happenings_since,
    invoices_since,
)
from alicerce.apps.forecasts.types import Assumption, HappeningKind, NewForecast, WhatIf
from alicerce.apps.hosting import rules as hosting_rules
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.addons import preview_addon
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.services.cancel import cancel_at_period_end
from alicerce.apps.subscriptions.services.set_terms import set_billing_day
from alicerce.apps.subscriptions.services.trial import start_trials
from alicerce.apps.subscriptions.tests.changing import changed
from alicerce.apps.subscriptions.tests.factories import a_subscription, an_addon
from alicerce.apps.subscriptions.tests.test_usage import metered, used
from alicerce.apps.subscriptions.types.addons import AddonWanted
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.apps.taxes.services import exempt_customer
from alicerce.apps.taxes.tests.factories import a_tax
from alicerce.apps.taxes.types import Manner, TaxKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

STARTED = datetime(2026, 9, 1, 15, tzinfo=UTC)
LATE = "atrasada@example.com"
STEPS = {HappeningKind.OVERDUE, HappeningKind.BANNER}
ON_SERVICES = {HappeningKind.SUSPENSION, HappeningKind.END}


@pytest.fixture
def sandbox(tenant, provider, monkeypatch):
    """Nobody has a server here: that no account can be made is told at the first try, not the ninth."""
    monkeypatch.setattr(hosting_rules, "MAX_ATTEMPTS", 1)
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=STARTED)
    with acting(tenant_id=twin), showing_rows_of(twin):
        yield twin


def bought(name, price=None, **given):
    document = given.pop("document", None) or a_cpf()
    buyer = {"name": name, "email": f"{name}@example.com", "document": document}
    return a_subscription(paid_at=STARTED, price=price, **buyer, **given)


def a_book():
    """A little of everything that makes one customer's months unlike another's."""
    plan = a_plan()
    monthly, cheap = a_price(plan=plan), a_price(amount_cents=1000)
    a_tax()
    a_tax(
        name="PIS",
        kind=TaxKind.PIS,
        rate_ppm=6_500,
        manner=Manner.WITHIN,
        starts_on=date(2026, 11, 1),
    )
    bought("simples", monthly)
    sold_onto(bought("atrasada", monthly), quantity=3)
    bought("trimestral", a_price(amount_cents=8123, cycle="quarterly"))
    bought("cupom", a_price(amount_cents=9990), extras=Extras(coupon=a_coupon(cycles=3).code))
    document = a_cpf()
    both = bought("dupla", cheap, document=document)
    bought("dupla", cheap, document=document)
    set_billing_day(customer_id=both.customer_id, day=15, at=STARTED)
    give_credit(bought("saldo", monthly).customer_id, Money(4000))
    leaves = bought("cancela", monthly)
    sold_onto(leaves)
    sold_onto(bought("fixo", monthly), quantity=2, coupon=a_coupon(cycles=2).code)
    cancel_at_period_end(subscription_id=leaves.id, reason="", at=STARTED)
    free = bought("isenta", monthly).customer_id
    exempt_customer(
        customer_id=free,
        kind=TaxKind.ISS,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 11, 5),
        reason="lei",
        at=STARTED,
    )
    patient = bought("paciente", monthly).customer_id
    set_override(customer_id=patient, wanted=NewOverride("combinado", extra_days=4), at=STARTED)
    smaller = bought("desce", a_price(amount_cents=5000))
    changed(
        smaller,
        a_price(plan=smaller.price.plan, cycle="semiannual", amount_cents=20000),
        "2026-09-01",
        when=ChangeWhen.PERIOD_END,
    )
    counted = bought("medida", a_price(amount_cents=3000))
    metered(counted)
    used(counted, 700, "2026-09-05", at="2026-10-12")
    order = an_order(
        price=a_price(amount_cents=3100, trial_days=60),
        name="teste",
        email="teste@example.com",
        document=a_cpf(),
    )
    orders.begin_trial(order_id=order.id, at=STARTED)
    start_trials(order_id=order.id, at=STARTED)


def sold_onto(parent, cents=1500, **wanted):
    wanted = AddonWanted(an_addon(cents, max_quantity=5).id, **wanted)
    seen = preview_addon(subscription_id=parent.id, wanted=wanted, at=STARTED)
    add_addon(
        subscription_id=parent.id,
        wanted=wanted,
        expected_cents=seen.total.cents,
        at=STARTED,
    )


def test_what_everybody_pays_in_time_is_the_engines(sandbox):
    a_book()
    run_jobs(include_delayed=True)
    rehearsal = Rehearsal(STARTED + timedelta(hours=1))

    same_as_told(rehearsal, Assumption.DUE, months=2, pays=lambda one, day: one.due_on <= day)


def test_what_nobody_pays_is_the_engines_to_the_end_of_the_ladder(sandbox):
    a_book()
    run_jobs(include_delayed=True)
    rehearsal = Rehearsal(STARTED)
    late = Customer.objects.get(email=LATE).id
    rehearsal.go_to(
        date(2026, 10, 12), pays=lambda one, day: one.due_on <= day and one.customer_id != late
    )

    same_as_told(rehearsal, Assumption.NOBODY, months=1, pays=lambda one, day: False)

    assert Subscription.objects.filter(status="ended", customer_id=late).exists()


def same_as_told(rehearsal, assumption, *, months, pays):
    begun = rehearsal.at
    invoices, happenings = foretold(assumption, months, begun)
    until = Forecast.objects.get().until

    rehearsal.pay(begun, pays=pays)
    rehearsal.go_to(until, pays=pays)

    assert invoices == invoices_since(begun)
    emails = {one.email: str(one.id) for one in Customer.objects.all()}
    real = Counter(happenings_since(begun, emails))
    assert (Counter(happenings) - real, real - Counter(happenings)) == ({}, {})


def foretold(assumption, months, at):
    wanted = NewForecast(months, assumption, WhatIf())
    forecast_id = ask_forecast(wanted=wanted, at=at)
    take_forecast_on(forecast_id=forecast_id, step=0, at=at)
    invoices = sorted(
        (
            str(row.customer_id),
            row.issued_on,
            row.due_on,
            row.total_cents,
            str(row.paid_on),
            row.tax_cents,
            tuple(
                (kind, quantity, cents, starts, ends)
                for _, quantity, cents, kind, _, starts, ends in row.lines
            ),
        )
        for row in ForecastInvoice.objects.filter(invoice_id=None)
    )
    happenings = [one for row in ForecastHappening.objects.all() for one in _told(row)]
    steps = {one for one in happenings if one[1] == "step"}  # of two subscriptions one step
    rest = [one for one in happenings if one[1] != "step"]
    return invoices, sorted(map(str, [*rest, *steps]))


def _told(row):
    whose = str(row.customer_id)
    if row.kind == HappeningKind.MAIL:
        yield whose, "mail", row.what, row.on
    elif row.kind == HappeningKind.PAYMENT:
        yield whose, "paid", row.cents, row.on
    elif row.kind in STEPS or (row.kind in ON_SERVICES and row.step):
        yield whose, "step", row.step, row.on
