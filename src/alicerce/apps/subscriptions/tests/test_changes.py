"""Another plan: the same cents in preview, invoice and ledger; in force once; never cash."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction as transaction_of_django
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.types import LineKind
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions.models import BilledPeriod, Item
from alicerce.apps.subscriptions.queries.changing import open_change, plans_to_choose
from alicerce.apps.subscriptions.queries.pages import items_of, periods_of
from alicerce.apps.subscriptions.services.close_change import (
    apply_paid_change,
)
from alicerce.apps.subscriptions.tests.changing import (
    bill,
    bought,
    changed,
    costing,
    fresh,
    noon,
    pay,
    revenue_of,
    shown,
    told,
)
from alicerce.apps.subscriptions.types.changes import ChangeStatus, ChangeWhen
from alicerce.kernel.db import transaction


def test_the_price_that_it_has_is_no_choice(tenant):
    subscription = bought(10000, "2025-06-01", "monthly")
    plan = Price.objects.get(pk=subscription.price_id).plan
    yearly = a_price(plan=plan, cycle="annual", amount_cents=100000)

    offered = plans_to_choose(subscription.id)

    assert [price.price_id for each in offered for price in each.prices] == [yearly.id]


class TestCents:
    @pytest.mark.parametrize(
        ("prices", "days", "figures"),
        [
            ((10000, 30000, "monthly"), ("2025-06-01", "2025-06-16"), (5000, 15000)),  # PRO-001
            ((10000, 30000, "monthly"), ("2024-02-18", "2024-02-25"), (7586, 22759)),  # PRO-003
            (  # PRO-004
                (100000, 300000, "annual"),
                ("2024-08-01", "2024-10-01"),
                (83288, 249863),
            ),
        ],
    )
    def test_are_the_same_in_preview_invoice_and_ledger(self, tenant, prices, days, figures):
        (old, new, cycle), (bought_on, changed_on), (credit, debit) = prices, days, figures
        subscription, price = bought(old, bought_on, cycle), costing(new, cycle)

        preview, change = changed(subscription, price, changed_on)

        lines = billing.invoice_detail(change.invoice_id).lines
        assert [line.cents for line in preview.lines] == [-credit, debit]
        assert [(line.kind, line.total.cents) for line in lines] == [
            (LineKind.CREDIT, -credit),
            (LineKind.DEBIT, debit),
        ]
        assert {line.subscription_id for line in lines} == {subscription.id}
        assert {(line.starts_on, line.ends_on) for line in lines} == {
            (date.fromisoformat(changed_on), subscription.period_ends_on)
        }
        total = billing.invoice(change.invoice_id).total.cents
        assert preview.net_cents == preview.due_now.cents == total == debit - credit
        assert revenue_of(change.invoice_id) == debit - credit
        assert ledger_imbalance() == 0
        assert preview.renews_on == subscription.period_ends_on
        assert preview.renewal.cents == new

    @pytest.mark.parametrize(
        ("bought_on", "changed_on", "credit"),
        [("2025-06-01", "2025-08-13", 80000), ("2024-02-18", "2024-04-19", 83333)],
    )
    def test_of_a_year_that_becomes_months_are_kept_for_the_customer(
        self, tenant, bought_on, changed_on, credit
    ):
        """PRO-008."""
        subscription, price = bought(100000, bought_on, "annual"), costing(10000)

        preview, change = changed(subscription, price, changed_on, when=ChangeWhen.NOW)

        assert [line.cents for line in preview.lines] == [-credit, 10000]
        assert preview.due_now.cents == 0
        assert preview.to_wallet.cents == credit - 10000
        assert revenue_of(change.invoice_id) == 10000 - credit
        (held,) = billing.wallet_balance(subscription.customer_id)
        assert held.cents == credit - 10000
        assert billing.invoice(change.invoice_id).status == "paid"
        assert ledger_imbalance() == 0
        now = fresh(subscription)
        assert (change.status, now.cycle, now.amount_cents) == ("done", "monthly", 10000)
        assert now.period.starts_on == date.fromisoformat(changed_on)
        assert now.next_starts_on == now.period.ends_on == preview.renews_on

    def test_of_switches_credit_what_the_one_before_debited(self, tenant):
        """PRO-010."""
        subscription = bought(10000, "2025-06-01")
        figures = []
        for cents, on in ((20000, "2025-06-07"), (30000, "2025-06-13"), (40000, "2025-06-19")):
            preview, change = changed(subscription, costing(cents), on)
            pay(change, on)
            figures.append([line.cents for line in preview.lines])

        assert figures == [[-8000, 16000], [-12000, 18000], [-12000, 16000]]
        assert fresh(subscription).amount_cents == 40000
        assert [item.unit_cents for item in items_of(subscription.id)] == [40000]
        assert sorted(Item.objects.values_list("unit_cents", flat=True)) == [
            10000,
            20000,
            30000,
            40000,
        ]

    def test_touch_one_subscription_only(self, tenant):
        """PRO-009."""
        one = bought(20000, "2025-06-02", domain="um.com.br")
        other = bought(20000, "2025-06-02", domain="dois.com.br")

        preview, change = changed(one, costing(40000), "2025-06-17")
        pay(change, "2025-06-17")

        assert [line.cents for line in preview.lines] == [-10000, 20000]
        assert (fresh(other).amount_cents, len(periods_of(other.id))) == (20000, 1)

    def test_given_back_are_never_more_than_what_stands(self, tenant):
        subscription = bought(10000, "2025-06-01")
        invoice = billing.invoice_of_order(subscription.order_id)
        credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(7000)], reason="", at=noon("2025-06-02")
        )

        preview = shown(subscription, costing(30000), "2025-06-16")

        assert [line.cents for line in preview.lines] == [-3000, 15000]

    def test_of_a_period_that_was_billed_ahead_are_both_periods(self, tenant):
        subscription = bought(10000, "2025-06-01")
        bill("2025-06-24")

        preview, change = changed(subscription, costing(30000), "2025-06-25")
        pay(change, "2025-06-25")

        assert [line.cents for line in preview.lines] == [-2000, 6000, -10000, 30000]
        assert preview.renews_on == date(2025, 8, 1)
        standing = BilledPeriod.objects.standing().order_by("starts_on")
        assert [(row.starts_on.isoformat(), row.amount_cents) for row in standing] == [
            ("2025-06-01", 10000),
            ("2025-06-25", 6000),
            ("2025-07-01", 30000),
        ]

    def test_on_the_first_day_are_whole(self, tenant):
        subscription = bought(10000, "2025-06-01")

        preview, change = changed(subscription, costing(30000), "2025-06-01")
        pay(change, "2025-06-01")
        again = shown(subscription, costing(40000), "2025-06-01")

        assert [line.cents for line in preview.lines] == [-10000, 30000]
        assert [line.cents for line in again.lines] == [-30000, 40000]


class TestInForce:
    def test_when_it_is_paid_and_once(self, tenant, published):
        subscription, price = bought(10000, "2025-06-01"), costing(30000)
        _, change = changed(subscription, price, "2025-06-16")
        assert (change.status, fresh(subscription).amount_cents) == ("awaiting", 10000)

        assert pay(change, "2025-06-18")
        assert not apply_paid_change(invoice_id=change.invoice_id, at=noon("2025-06-19"))

        (fact,) = told(published)
        assert (fact.price_id, fact.spec["package"], fact.spec["plan_name"]) == (
            price.id,
            "essencial",
            "Essencial",
        )
        now = fresh(subscription)
        assert (now.price_id, now.amount_cents, now.version) == (price.id, 30000, 2)
        assert now.description.endswith("· padaria.com.br")

    def test_renews_at_the_new_price(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(90000), "2025-06-23")
        pay(change, "2025-06-23")

        bill("2025-06-24")

        assert periods_of(subscription.id)[0].amount.cents == 90000

    def test_is_not_before_its_invoice_is_paid(self, tenant):
        _, change = changed(bought(10000, "2025-06-01"), costing(30000), "2025-06-16")

        assert not apply_paid_change(invoice_id=change.invoice_id, at=noon("2025-06-17"))

    def test_at_once_when_the_balance_pays(self, tenant, published):
        subscription = bought(100000, "2025-06-01", "annual")
        changed(subscription, costing(10000), "2025-06-01", when=ChangeWhen.NOW)

        _, change = changed(subscription, costing(30000), "2025-06-16")

        assert billing.invoice(change.invoice_id).status == "paid"
        assert apply_paid_change(invoice_id=change.invoice_id, at=noon("2025-06-16"))
        assert len(told(published)) == 2

    def test_at_once_when_it_costs_the_same(self, tenant, published):
        _, change = changed(bought(10000, "2025-06-01"), costing(10000), "2025-06-16")

        assert change.status == ChangeStatus.DONE
        assert len(told(published)) == 1

    def test_is_what_was_confirmed_when_the_price_retires_meanwhile(self, tenant):
        subscription, price = bought(10000, "2025-06-01"), costing(30000)
        _, change = changed(subscription, price, "2025-06-16")
        Price.objects.filter(pk=price.id).update(is_active=False)

        pay(change, "2025-06-17")

        assert fresh(subscription).amount_cents == 30000


@contextmanager
def undone():
    """What an example wrote is taken back."""
    with transaction():
        yield
        transaction_of_django.set_rollback(True)


CYCLES = some.sampled_from(["monthly", "quarterly", "annual"])
CENTS = some.integers(min_value=1, max_value=10_000_000)


class TestAnyChange:
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        cents=some.tuples(CENTS, CENTS, CENTS),
        cycles=some.tuples(CYCLES, CYCLES),
        days=some.integers(0, 27),
    )
    def test_balances_and_credits_no_more_than_was_charged(self, tenant, cents, cycles, days):
        with undone():
            self._story(cents, cycles, days)

    def _story(self, prices, cycles, days):
        before, after = cycles
        subscription = bought(prices[0], "2025-06-01", before)
        charged = prices[0]
        for cents, cycle, day in ((prices[1], after, days // 2), (prices[2], after, days)):
            on = (date(2025, 6, 1) + timedelta(days=day)).isoformat()
            preview, change = changed(
                subscription, costing(cents, cycle), on, when=ChangeWhen.NOW
            )
            credit = -sum(line.cents for line in preview.lines if line.cents < 0)
            assert credit <= charged
            assert revenue_of(change.invoice_id) == preview.net_cents
            assert billing.invoice(change.invoice_id).total == preview.due_now
            charged = sum(line.cents for line in preview.lines if line.kind == LineKind.DEBIT)
            if billing.invoice(change.invoice_id).status == "open":
                left = billing.remaining_of(change.invoice_id)
                paid = a_payment(change.invoice_id, amount=left, paid_at=noon(on))
                book_payment(account_id=an_account().id, paid=paid, at=noon(on))
            apply_paid_change(invoice_id=change.invoice_id, at=noon(on))
            assert open_change(subscription.id) is None
        assert ledger_imbalance() == 0
