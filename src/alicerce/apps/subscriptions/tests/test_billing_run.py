"""The billing run: what it asks for, once, and what it leaves for a person."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.events import InvoiceIssued
from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog.models import Price
from alicerce.apps.customers.models import Customer
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.errors import NotParked
from alicerce.apps.subscriptions.events import (
    BillingRunFinished,
    CustomerParked,
    SubscriptionRenewed,
)
from alicerce.apps.subscriptions.jobs import find_billing_work
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    BillingBatch,
    BillingRun,
    BillingTerms,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.services.billing_run import (
    begin_run,
    look_for_work,
    take_run_step,
)
from alicerce.apps.subscriptions.services.parking import release
from alicerce.apps.subscriptions.tests.factories import NOON, a_subscription
from alicerce.apps.subscriptions.types import ParkReason, Scope, SuspendCause
from alicerce.kernel.jobs import reactions
from alicerce.kernel.testing import run_jobs

DUE = datetime(2026, 9, 24, 12, tzinfo=UTC)
"""A week before the first of October."""


def bill(at=DUE):
    """A whole run, as the jobs do it; what it wrote."""
    on = at.date()
    run_id = begin_run(on=on, at=at)
    if run_id:
        take_run_step(run_id=run_id, on=on, at=at)
    return run_id


def renewals():
    """The periods that were billed beyond the first of each."""
    found = BilledPeriod.objects.exclude(invoice__order_id__isnull=False)
    return found.order_by("starts_on", "id")


def someone(number, **given):
    return a_subscription(
        email=f"cliente{number}@example.com",
        document=f"{number:014}",
        document_kind="cnpj",
        domain=f"cliente{number}.com.br",
        **given,
    )


def test_its_next_step_does_not_wait_for_the_letters_of_the_last():
    assert reactions["subscriptions.take_step_of_run"].queue != "bulk"


class TestRenewal:
    def test_is_invoiced_with_its_days_before_they_begin(self, tenant, published):
        subscription = a_subscription()

        assert bill(DUE - timedelta(days=1)) is None
        bill()

        (period,) = renewals()
        invoice = billing.invoice_detail(period.invoice_id)
        assert (period.starts_on, period.ends_on) == (date(2026, 10, 1), date(2026, 11, 1))
        assert (invoice.summary.total.cents, invoice.summary.due_on) == (
            2990,
            date(2026, 10, 1),
        )
        (line,) = invoice.lines
        assert (line.kind, line.subscription_id) == ("plan", subscription.id)
        assert (line.starts_on, line.ends_on) == (period.starts_on, period.ends_on)
        (said,) = [fact for fact in published if isinstance(fact, SubscriptionRenewed)]
        assert (said.invoice_id, said.ends_on) == (period.invoice_id, date(2026, 11, 1))
        card = subscriptions.subscription(subscription.id)
        assert card.next_bill_on == Schedule.objects.get().next_bill_on == date(2026, 10, 25)

    def test_is_written_once_however_often_the_run_is(self, tenant):
        a_subscription()

        for _ in range(3):
            bill()

        assert renewals().count() == 1
        assert ledger_imbalance() == 0

    def test_keeps_the_price_of_the_day_it_was_sold(self, tenant):
        subscription = a_subscription()
        Price.objects.filter(pk=subscription.price_id).update(amount_cents=1)

        bill()

        assert renewals().get().amount_cents == 2990

    def test_waits_for_the_day_to_begin_where_the_company_is(self, tenant):
        a_subscription()
        late_at_night = datetime(2026, 9, 24, 2, 59, tzinfo=UTC)

        assert not look_for_work(at=late_at_night)
        assert look_for_work(at=late_at_night + timedelta(minutes=1))

    def test_of_what_is_suspended_is_not_asked_for(self, tenant):
        subscription = a_subscription()
        subscriptions.suspend(
            subscription_id=subscription.id,
            scope=Scope.ALL,
            cause=SuspendCause.UNPAID,
            at=NOON,
        )

        assert bill() is None

    def test_that_costs_nothing_is_paid_at_once(self, tenant):
        subscription = a_subscription()
        Item.objects.filter(subscription_id=subscription.id).update(unit_cents=0)

        bill()

        assert billing.invoice(renewals().get().invoice_id).status == "paid"


class TestConsolidation:
    def test_puts_all_that_a_customer_renews_on_one_invoice(self, tenant):
        for domain in ("um.com.br", "dois.com.br", "tres.com.br"):
            a_subscription(domain=domain)

        bill()

        assert len({period.invoice_id for period in renewals()}) == 1
        invoice = billing.invoice_detail(renewals()[0].invoice_id)
        assert (len(invoice.lines), invoice.summary.total.cents) == (3, 3 * 2990)

    def test_gives_each_customer_a_number_without_a_gap(self, tenant):
        for number in range(5):
            someone(number)

        bill()

        numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, 11))

    def test_asks_in_two_currencies_by_two_invoices(self, tenant):
        a_subscription(domain="um.com.br")
        a_subscription(domain="dois.com.br", priced={"currency": "USD"})

        bill()

        assert {billing.invoice(p.invoice_id).total.currency for p in renewals()} == {
            "BRL",
            "USD",
        }
        batches = BillingBatch.objects.order_by("currency")
        assert [(b.currency, b.total_cents, b.customers) for b in batches] == [
            ("BRL", 2990, 1),
            ("USD", 2990, 0),
        ]

    def test_leads_to_the_customers_own_day_by_a_shorter_period(self, tenant):
        subscription = a_subscription()
        Subscription.objects.filter(pk=subscription.id).update(anchor_day=10)

        bill()

        (period,) = renewals()
        assert (period.starts_on, period.ends_on) == (date(2026, 10, 1), date(2026, 10, 10))
        assert period.amount_cents == 897  # 9 of the 30 days from 10 September


class TestOutage:
    def test_is_made_up_for_one_period_a_day(self, tenant):
        subscription = a_subscription()
        back = datetime(2026, 12, 20, 12, tzinfo=UTC)

        days = []
        for day in range(5):
            bill(back + timedelta(days=day))
            days.append(renewals().count())

        assert days == [1, 2, 3, 3, 3]  # October to December
        starts = [period.starts_on for period in renewals()]
        assert starts == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
        assert subscriptions.subscription(subscription.id).next_bill_on == date(2026, 12, 25)

    def test_gives_the_customer_the_days_to_pay_all_the_same(self, tenant):
        a_subscription()

        bill(datetime(2026, 10, 20, 12, tzinfo=UTC))

        assert billing.invoice(renewals().get().invoice_id).due_on == date(2026, 10, 27)


class TestRunaway:
    def test_of_lines_is_parked_and_billed_once_released(self, tenant, published):
        subscription = a_subscription()
        Item.objects.bulk_create(
            Item(
                subscription=subscription,
                position=place,
                kind="addon",
                description="Disco",
                quantity=1,
                unit_cents=1,
            )
            for place in range(2, 17)
        )

        bill()

        schedule = Schedule.objects.get()
        assert (schedule.parked_reason, schedule.parked_detail) == ("lines", "16 > 15")
        assert not renewals().exists()
        assert [f.reason for f in published if isinstance(f, CustomerParked)] == ["lines"]
        assert bill() is None

        release(customer_id=subscription.customer_id, at=DUE)
        bill()

        assert renewals().count() == 1
        assert not Schedule.objects.get().is_waived

    def test_of_money_is_parked(self, tenant):
        subscription = a_subscription()
        items = Item.objects.filter(subscription_id=subscription.id)
        items.update(unit_cents=5 * 2990 + 1)

        bill()

        assert Schedule.objects.get().parked_detail == "14951 > 14950"
        assert BillingBatch.objects.get().parked == 1

    def test_leaves_alone_who_pays_by_the_year_for_the_first_time(self, tenant):
        a_subscription(domain="mes.com.br")
        a_subscription(
            domain="ano.com.br",
            priced={"cycle": "annual", "amount_cents": 99000},
            paid_at=NOON - timedelta(days=335),
        )

        bill()

        assert not Schedule.objects.parked().exists()
        assert renewals().count() == 2

    def test_bounds_are_the_companys_own(self, tenant):
        a_subscription(domain="um.com.br")
        a_subscription(domain="dois.com.br")
        BillingTerms.objects.create(most_lines=1)

        bill()

        assert Schedule.objects.get().parked_reason == ParkReason.LINES

    def test_is_not_released_twice(self, tenant):
        subscription = a_subscription()

        with pytest.raises(NotParked):
            release(customer_id=subscription.customer_id, at=DUE)


class TestPoison:
    def test_parks_one_and_bills_the_others(self, tenant):
        poisoned, *_others = [someone(number) for number in range(4)]
        invoice_id = BilledPeriod.objects.first().invoice_id
        BilledPeriod.objects.create(
            subscription=poisoned,
            starts_on=date(2026, 10, 1),
            ends_on=date(2026, 11, 1),
            invoice_id=invoice_id,
            amount_cents=1,
            currency="BRL",
        )

        bill()

        parked = Schedule.objects.parked().get()
        assert parked.customer_id == poisoned.customer_id
        assert parked.parked_detail.startswith("IntegrityError: duplicate key")
        assert renewals().count() == 3
        numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, 8)), "what failed took no number"
        assert BillingRun.objects.get().finished_at == DUE

    def test_is_not_seen_in_a_database_that_went_away(self, tenant):
        a_subscription()
        gone = patch.object(BillingBatch.objects, "bulk_create", side_effect=OperationalError)

        with gone, pytest.raises(OperationalError):
            bill()

        assert not Schedule.objects.parked().exists()
        bill()
        assert renewals().count() == 1


class TestBatch:
    def test_says_as_much_to_the_database_for_many_as_for_one(
        self, tenant, django_assert_max_num_queries
    ):
        someone(0)
        with django_assert_max_num_queries(1000) as one:
            bill()
        for number in range(1, 9):
            someone(number)
        with django_assert_max_num_queries(1000) as many:
            bill()

        assert renewals().count() == 9
        assert len(many) == len(one)

    def test_writes_down_what_it_did_and_balances(self, tenant):
        someone(1)
        someone(2)

        bill()

        batch = BillingBatch.objects.get()
        assert (batch.customers, batch.invoices, batch.renewals) == (2, 2, 2)
        assert batch.total_cents == 2 * 2990
        actions = Entry.objects.filter(action="invoice.issued")
        assert actions.count() == 4
        assert LedgerEntry.objects.filter(account="receivable", amount_cents__gt=0).count() == 4
        assert ledger_imbalance() == 0
        assert InvoiceLine.objects.filter(subscription_id__isnull=False).count() == 2


class TestRun:
    def test_is_found_by_the_clock_and_finished_by_its_jobs(self, tenant, published):
        a_subscription()
        with patch("alicerce.apps.subscriptions.jobs.now", return_value=DUE):
            run_jobs()
            find_billing_work()
            ran = run_jobs()

        assert "subscriptions.take_step_of_run" in ran
        run = BillingRun.objects.get()
        assert (run.due, run.finished_at) == (1, DUE)
        assert [fact for fact in published if isinstance(fact, BillingRunFinished)]
        assert len([fact for fact in published if isinstance(fact, InvoiceIssued)]) == 2

    def test_is_gone_on_with_when_it_was_left_open(self, tenant):
        a_subscription()
        run_id = begin_run(on=DUE.date(), at=DUE)

        assert not look_for_work(at=DUE + timedelta(minutes=5))
        assert look_for_work(at=DUE + timedelta(minutes=15))
        assert begin_run(on=DUE.date(), at=DUE) == run_id

    def test_ends_what_was_canceled_for_that_day(self, tenant):
        subscription = a_subscription()
        Subscription.objects.filter(pk=subscription.id).update(
            cancel_at_period_end=True, ends_on=date(2026, 10, 1), next_bill_on=None
        )
        Schedule.objects.update(next_bill_on=None)
        first = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
        with patch("alicerce.apps.subscriptions.jobs.now", return_value=first):
            run_jobs()
            find_billing_work()
            run_jobs()

        card = subscriptions.subscription(subscription.id)
        assert card.status == "ended"


def test_customers_of_another_company_are_not_billed(tenant, other_tenant):
    with other_tenant:
        a_subscription()

    assert bill() is None
    assert not Customer.objects.exists()
