"""Runs that overlap, and runs that are killed: the same rows in the end, each once."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection

from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.tests.test_races import company, looking
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.metering.models import UsageRecord
from alicerce.apps.metering.services.record_usage import record_usage
from alicerce.apps.metering.types import Fate, NewRecord, TierForm
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    BillingBatch,
    BillingRun,
    Change,
    Schedule,
)
from alicerce.apps.subscriptions.queries.changing import preview_change
from alicerce.apps.subscriptions.services.bill_usage import bill_closing_usage
from alicerce.apps.subscriptions.services.billing_run import (
    begin_run,
    bill_some,
    take_run_step,
)
from alicerce.apps.subscriptions.services.cancel import cancel_now
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.services.close_change import apply_paid_change, settle_change
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.tests.test_usage import metered
from alicerce.apps.subscriptions.types import EndCause, Scope, SuspendCause
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

__all__ = ["company"]

CUSTOMERS, AT_ONCE, SOON, SOME, USES, CUTS, TRIES = 24, 4, 20, 8, 30, 4, 300
DUE = datetime(2026, 9, 24, 12, tzinfo=UTC)
ON = DUE.date()
TOTALS = (CUSTOMERS, CUSTOMERS, CUSTOMERS * 2990)
RUN = """
import sys
import django
django.setup()
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from alicerce.apps.subscriptions.services.billing_run import bill_some
from alicerce.kernel import jobs
from alicerce.kernel.context import acting
jobs.discover()
tenant, run = map(UUID, sys.argv[1:3])
with acting(tenant_id=tenant):
    for turn in range(1000):
        billed = bill_some(
            run_id=run, on=date(2026, 9, 24), at=datetime(2026, 9, 24, 12, tzinfo=UTC), most=1
        )
        print(turn, flush=True)
        if not billed.customers:
            break
"""


@pytest.fixture
def customers(company):
    """So many of them, each with a subscription that is due."""

    @transaction()
    def fill():
        for number in range(CUSTOMERS):
            a_subscription(
                email=f"cliente{number}@example.com",
                document=f"{number:014}",
                document_kind="cnpj",
                domain=f"cliente{number}.com.br",
            )

    fill()
    return company


def together(company, *acts):
    start = threading.Barrier(len(acts))

    def attempt(act):
        start.wait(timeout=SOON)
        try:
            with acting(tenant_id=company.id):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def written():
    """Invoices, periods and cents of the run's rows; and that the numbers have no gap."""
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 2 * CUSTOMERS + 1))
    assert ledger_imbalance() == 0
    periods = BilledPeriod.objects.filter(starts_on=date(2026, 10, 1))
    invoices = {period.invoice_id for period in periods}
    return len(invoices), periods.count(), sum(period.amount_cents for period in periods)


def test_schedulers_that_begin_at_once_begin_one_run(customers):
    run_ids = together(customers, *[lambda: begin_run(on=ON, at=DUE)] * AT_ONCE)

    assert len(set(run_ids)) == 1
    assert looking(BillingRun.objects.count) == 1


def test_workers_at_once_bill_each_customer_once(customers):
    run_id = begin_run(on=ON, at=DUE)

    def work():
        while bill_some(run_id=run_id, on=ON, at=DUE, most=3).customers:
            pass

    together(customers, *[work] * AT_ONCE)
    take_run_step(run_id=run_id, on=ON, at=DUE)

    assert looking(written) == TOTALS
    billed = looking(lambda: sum(batch.renewals for batch in BillingBatch.objects.all()))
    assert billed == CUSTOMERS
    assert looking(lambda: BillingRun.objects.get().finished_at) == DUE


def test_who_is_suspended_while_the_run_goes_on_is_billed_or_not_and_nobody_waits_in_a_circle(
    customers,
):
    run_id = begin_run(on=ON, at=DUE)
    cards = looking(lambda: [card.subscription for card in BilledPeriod.objects.all()])

    def work():
        while bill_some(run_id=run_id, on=ON, at=DUE, most=5).customers:
            pass

    def suspend():
        for card in cards:
            subscriptions.suspend(
                subscription_id=card.id, scope=Scope.WEB, cause=SuspendCause.UNPAID, at=DUE
            )

    together(customers, work, suspend, work)

    assert looking(lambda: Schedule.objects.filter(next_bill_on__isnull=False).count()) == 0
    assert looking(ledger_imbalance) == 0


@pytest.mark.parametrize("turns", [0, 1, 5])
def test_a_run_that_is_killed_and_run_again_comes_to_the_same_totals(customers, turns):
    run_id = begin_run(on=ON, at=DUE)
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(customers.id), str(run_id)],
        env={**os.environ, "DATABASE_URL": _own_url(), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert all(process.stdout.readline() for _ in range(turns + 1))
        process.send_signal(signal.SIGKILL)

    take_run_step(run_id=run_id, on=ON, at=DUE)

    assert looking(written) == TOTALS
    assert looking(lambda: BillingRun.objects.get().finished_at) == DUE


def test_a_run_whose_connections_the_database_cuts_comes_to_the_same_totals(customers):
    """As a database does that is killed: what was committed stays, the rest was never there."""
    run_id = begin_run(on=ON, at=DUE)
    told = threading.Event()

    def work():
        cuts = 0
        while True:
            try:
                if not bill_some(run_id=run_id, on=ON, at=DUE, most=1).customers:
                    return cuts
            except (OperationalError, InterfaceError):
                cuts += 1
                connection.close()
            told.set()

    def cut():
        told.wait(timeout=SOON)
        cuts = 0
        for _ in range(TRIES):
            cuts += _cut_all_but_mine()
            if cuts >= CUTS:
                break
        return 0

    cuts = sum(together(customers, work, work, cut))
    take_run_step(run_id=run_id, on=ON, at=DUE)

    assert cuts > 0
    assert looking(written) == TOTALS


def _cut_all_but_mine():
    """Of workers alone: what other tests and pools hold stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where usename = current_user and datname = current_database()"
            " and pid <> pg_backend_pid() and state <> 'idle'"
        )
        return cursor.fetchone()[0]


def _own_url():
    known = connection.settings_dict
    return (
        f"postgresql://{known['USER']}:{known['PASSWORD']}"
        f"@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    )


def test_a_change_and_the_renewal_at_once_leave_each_period_at_one_price(company):
    """Whoever comes second sees what the first wrote: the change is refused, or the renewal waits."""

    @transaction()
    def fill():
        return [
            a_subscription(
                email=f"cliente{number}@example.com",
                document=f"{number:014}",
                document_kind="cnpj",
                domain=f"cliente{number}.com.br",
            )
            for number in range(SOME)
        ], a_price(amount_cents=9990)

    subscriptions_, price = fill()
    shown = looking(
        lambda: (
            preview_change(
                subscription_id=subscriptions_[0].id, price_id=price.id, at=DUE
            ).net_cents
        )
    )
    run_id = begin_run(on=ON, at=DUE)

    def work():
        while bill_some(run_id=run_id, on=ON, at=DUE, most=1).customers:
            pass

    def change():
        asked = 0
        for subscription in subscriptions_:
            try:
                change_plan(
                    subscription_id=subscription.id,
                    price_id=price.id,
                    expected_cents=shown,
                    at=DUE,
                )
                asked += 1
            except PreviewOutdated:
                pass
        return asked

    _, asked, again = together(company, work, change, change)

    waiting = looking(
        lambda: list(Change.objects.open().values_list("subscription_id", flat=True))
    )
    renewed = looking(
        lambda: set(
            BilledPeriod.objects.filter(starts_on=date(2026, 10, 1)).values_list(
                "subscription_id", flat=True
            )
        )
    )
    assert len(waiting) == len(set(waiting)) == asked == again
    assert not renewed & set(waiting)
    assert len(renewed) + len(waiting) == SOME
    assert looking(ledger_imbalance) == 0


def test_a_change_that_is_paid_is_in_force_once_however_many_hear_of_it(company):
    @transaction()
    def fill():
        subscription, price = a_subscription(), a_price(amount_cents=9990)
        asked = {"subscription_id": subscription.id, "price_id": price.id, "at": DUE}
        shown = preview_change(**asked)
        change = change_plan(**asked, expected_cents=shown.net_cents)
        paid = a_payment(change.invoice_id, amount=shown.due_now, paid_at=DUE)
        book_payment(account_id=an_account().id, paid=paid, at=DUE)
        return change

    change = fill()

    def hear():
        return apply_paid_change(invoice_id=change.invoice_id, at=DUE)

    def look():
        settle_change(change_id=change.id, at=DUE + timedelta(days=8))
        return False

    heard = together(company, hear, hear, look, hear)

    assert sum(heard) <= 1
    assert looking(lambda: Change.objects.get().status) == "done"
    assert looking(lambda: BilledPeriod.objects.filter(is_part=True).count()) == 1


def test_usage_told_while_it_is_billed_is_asked_for_once(company):
    """Renewals, an end and the same records over and over, at once: every one in one stretch."""

    @transaction()
    def fill():
        kept = [
            a_subscription(
                email=f"cliente{number}@example.com",
                document=f"{number:014}",
                document_kind="cnpj",
                domain=f"cliente{number}.com.br",
                price=a_price(amount_cents=9990),
            )
            for number in range(2)
        ]
        for one in kept:
            metered(one, tiers=(TierForm(None, "1"),))
        return [one.id for one in kept]

    going, ending = fill()
    run_id = begin_run(on=ON, at=DUE)
    names = [f"r{number}" for number in range(USES)]

    def tell():
        fates = []
        for name in names:
            records = [
                NewRecord(name + end, one, "requests", 10, DUE - timedelta(days=2))
                for end, one in (("a", going), ("b", ending))
            ]
            fates += record_usage(records=records, at=DUE)
        return [one for one in fates if one.fate == Fate.ACCEPTED]

    def work():
        while bill_some(run_id=run_id, on=ON, at=DUE, most=1).customers:
            pass

    def end():
        cancel_now(subscription_id=ending, cause=EndCause.STAFF, at=DUE)
        bill_closing_usage(subscription_id=ending, at=DUE)

    *accepted, _, _, _ = together(company, tell, tell, work, work, end)
    with transaction():
        cancel_now(subscription_id=going, cause=EndCause.STAFF, at=DUE)
    for one in (going, ending):
        bill_closing_usage(subscription_id=one, at=DUE)

    kept = [one.identifier for some in accepted for one in some]
    with transaction():
        assert len(set(kept)) == len(kept) == UsageRecord.objects.count()
        assert {f"{name}a" for name in names} <= set(kept)
        assert not UsageRecord.objects.filter(stretch__isnull=True).exists()
        asked = InvoiceLine.objects.filter(kind="usage").values_list("total_cents", flat=True)
        assert sum(asked) == 10 * len(kept)
    assert looking(ledger_imbalance) == 0
