"""More, less or other options: only the difference, the same cents in preview, invoice and ledger."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.types import LineKind
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.catalog.errors import BadChoice
from alicerce.apps.catalog.models import Option
from alicerce.apps.catalog.tests.factories import a_choice_form, a_coupon, a_plan, an_option
from alicerce.apps.catalog.types import Chosen, Cycle, OptionKind
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.orders.types import Extras
from alicerce.apps.subscriptions.errors import OtherChangeWaits, PeriodUnpaid, SameItems
from alicerce.apps.subscriptions.events import SubscriptionItemsChanged
from alicerce.apps.subscriptions.models import BilledPeriod
from alicerce.apps.subscriptions.queries.changing import preview_change
from alicerce.apps.subscriptions.queries.changing_items import preview_items
from alicerce.apps.subscriptions.queries.limits import limits_of
from alicerce.apps.subscriptions.queries.pages import items_of
from alicerce.apps.subscriptions.services.change_plan import change_items
from alicerce.apps.subscriptions.services.close_change import apply_paid_change
from alicerce.apps.subscriptions.tests.changing import (
    bill,
    changed,
    costing,
    fresh,
    noon,
    pay,
    revenue_of,
)
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.tests.test_changes import undone
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.kernel.money import Money

JUNE = "2025-06-01"


def boxes(plan, cents=1000, name="Caixas", **given):
    """Something that is counted, and makes room for ten mailboxes each."""
    choice = a_choice_form(name, prices={Cycle.MONTHLY: Money(cents)}, adds=10)
    facts = {"name": name, "maximum": 50, "limit": "mailboxes", "choices": (choice,)}
    return an_option(plan, **{**facts, **given})


def had(option, quantity, cents=10000, coupon=""):
    """Bought on the first of June, with so many."""
    price = costing(cents, plan=option.plan)
    chosen = (Chosen(option.id, quantity=quantity),) if quantity else ()
    extras = Extras(chosen=chosen, coupon=coupon)
    return a_subscription(price=price, paid_at=noon(JUNE), extras=extras)


class Offer:
    """An option with the plan it is of."""

    def __init__(self, cents=1000):
        self.plan = a_plan(limits={"mailboxes": 5})
        self.id = boxes(self.plan, cents).id


def want(subscription, option, quantity, on, **given):
    wanted = [Chosen(option.id, quantity=quantity)]
    asked = {"subscription_id": subscription.id, "wanted": wanted, "at": noon(on), **given}
    preview = preview_items(**asked)
    return preview, change_items(**asked, expected_cents=preview.net_cents)


def cents(preview):
    return [line.cents for line in preview.lines]


def described(subscription):
    return [(item.description, item.quantity) for item in items_of(subscription.id)[1:]]


class TestItems:
    def test_more_of_them_cost_only_the_difference_and_hold_when_paid(self, tenant, published):
        option = Offer()
        subscription = had(option, 2)

        preview, change = want(subscription, option, 5, "2025-06-16")
        assert (cents(preview), described(subscription)) == ([1500], [("Caixas", 2)])
        [line] = billing.invoice_detail(change.invoice_id).lines
        assert (line.kind, line.description, line.total.cents) == (
            LineKind.DEBIT,
            "3 × Caixas",
            1500,
        )
        assert limits_of(subscription.id) == {"mailboxes": 25}
        pay(change, "2025-06-17")
        bill("2025-06-24")

        assert revenue_of(change.invoice_id) == preview.net_cents == 1500
        assert (preview.renewal.cents, fresh(subscription).amount_cents) == (15000, 15000)
        assert BilledPeriod.objects.latest("starts_on").amount_cents == 15000
        [fact] = [f for f in published if isinstance(f, SubscriptionItemsChanged)]
        assert fact.limits == {"mailboxes": 55}
        assert ledger_imbalance() == 0

    def test_less_of_them_wait_for_the_next_period_unless_the_company_says_now(self, tenant):
        option = Offer()
        subscription = had(option, 4)

        later, change = want(subscription, option, 1, "2025-06-11")
        assert (later.when, change.status, change.effective_on) == (
            ChangeWhen.PERIOD_END,
            "scheduled",
            date(2025, 7, 1),
        )
        now, change = want(subscription, option, 0, "2025-06-16", when=ChangeWhen.NOW)

        assert (cents(now), change.status, described(subscription)) == ([-2000], "done", [])
        (kept,) = billing.wallet_balance(subscription.customer_id)
        assert kept.cents == 2000

    def test_that_were_added_are_given_back_as_they_cost(self, tenant):
        """Also after another plan."""
        option = Offer()
        subscription = had(option, 0)
        _, change = want(subscription, option, 3, "2025-06-11")
        pay(change, "2025-06-11")
        _, change = changed(subscription, costing(30000), "2025-06-16")
        pay(change, "2025-06-16")

        preview, _ = want(subscription, option, 0, "2025-06-21", when=ChangeWhen.NOW)

        assert cents(preview) == [-1000]
        assert described(subscription) == []

    def test_cost_what_they_were_sold_for_and_new_ones_what_they_cost_today(self, tenant):
        option = Offer()
        subscription = had(option, 1)
        other = boxes(option.plan, 7000, "Disco", limit="")

        preview = preview_items(
            subscription_id=subscription.id,
            wanted=[Chosen(other.id, quantity=1), Chosen(option.id, quantity=2)],
            at=noon("2025-06-16"),
        )

        assert sorted(cents(preview)) == [500, 3500]

    def test_of_another_choice_give_one_back_and_ask_for_the_other(self, tenant):
        plan = a_plan()
        small, large = (
            a_choice_form(name, prices={Cycle.MONTHLY: Money(price)})
            for name, price in (("10 GB", 1000), ("50 GB", 4000))
        )
        disk = an_option(plan, kind=OptionKind.CHOICE, name="Disco", choices=(small, large))
        subscription = a_subscription(price=costing(10000, plan=plan), paid_at=noon(JUNE))
        assert described(subscription) == [("Disco: 10 GB", 1)]

        preview = preview_items(
            subscription_id=subscription.id,
            wanted=[Chosen(disk.id, disk.choices[1].id)],
            at=noon("2025-06-16"),
        )

        assert cents(preview) == [-500, 2000]
        with pytest.raises(BadChoice):
            preview_items(
                subscription_id=subscription.id,
                wanted=[Chosen(disk.id, disk.choices[0].id, 2)],
                at=noon("2025-06-16"),
            )

    def test_have_the_percentage_of_the_coupon_that_these_days_had(self, tenant):
        option = Offer()
        coupon = a_coupon(percent_bp=5000, cycles=None).code
        subscription = had(option, 2, coupon=coupon)

        preview, change = want(subscription, option, 4, "2025-06-16")
        pay(change, "2025-06-16")
        plan = preview_change(
            subscription_id=subscription.id, price_id=costing(30000).id, at=noon("2025-06-16")
        )

        assert cents(preview) == [500]
        assert preview.renewal.cents == 7000
        assert cents(plan) == [-2500, 7500]

    def test_of_a_period_that_was_billed_ahead_are_both_periods(self, tenant):
        option = Offer()
        subscription = had(option, 1)
        bill("2025-06-24")

        preview, change = want(subscription, option, 2, "2025-06-25")
        pay(change, "2025-06-25")
        again = preview_items(
            subscription_id=subscription.id,
            wanted=[Chosen(option.id, quantity=0)],
            at=noon("2025-06-25"),
            when=None,
        )

        assert cents(preview) == [200, 1000]
        assert again.when == ChangeWhen.PERIOD_END
        with pytest.raises(PeriodUnpaid):
            want(subscription, option, 0, "2025-06-25", when=ChangeWhen.NOW)

    def test_may_go_when_they_are_offered_no_more(self, tenant):
        option = Offer()
        subscription = had(option, 2)
        Option.objects.filter(pk=option.id).update(retired_at=noon(JUNE))

        with pytest.raises(BadChoice):
            want(subscription, option, 3, "2025-06-16")
        preview, _ = want(subscription, option, 0, "2025-06-16")

        assert preview.renewal.cents == 10000

    def test_change_one_thing_at_a_time(self, tenant):
        option = Offer()
        subscription = had(option, 2)
        with pytest.raises(SameItems):
            want(subscription, option, 2, "2025-06-16")
        changed(subscription, costing(30000), "2025-06-16")

        with pytest.raises(OtherChangeWaits):
            want(subscription, option, 3, "2025-06-16")

    def test_are_given_back_no_further_than_their_invoices_stand(self, tenant):
        option = Offer(cents=20000)
        subscription = had(option, 1)
        invoice = billing.invoice_of_order(subscription.order_id)
        credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(25000)], reason="", at=noon("2025-06-02")
        )

        preview, _ = want(subscription, option, 0, "2025-06-02", when=ChangeWhen.NOW)

        assert cents(preview) == [-5000]


class TestAnyItems:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        unit=some.integers(1, 1_000_000),
        steps=some.lists(some.tuples(some.integers(0, 50), some.integers(0, 9)), max_size=3),
    )
    def test_balance_and_never_give_back_more_than_was_asked(self, tenant, unit, steps):
        with undone():
            self._story(unit, steps)

    def _story(self, unit, steps):
        option = Offer(cents=unit)
        subscription = had(option, 3, cents=1)
        asked, day, quantity = 3 * unit + 1, date(2025, 6, 1), 3
        for wanted, days in steps:
            if wanted == quantity:
                continue
            day, quantity = day + timedelta(days=days), wanted
            preview, change = want(
                subscription, option, wanted, day.isoformat(), when=ChangeWhen.NOW
            )
            asked += preview.net_cents
            assert asked >= 0
            assert revenue_of(change.invoice_id) == preview.net_cents
            if billing.invoice(change.invoice_id).status == "open":
                left = billing.remaining_of(change.invoice_id)
                paid = a_payment(change.invoice_id, amount=left, paid_at=noon(day.isoformat()))
                book_payment(account_id=an_account().id, paid=paid, at=noon(day.isoformat()))
            apply_paid_change(invoice_id=change.invoice_id, at=noon(day.isoformat()))
            assert sum(q for _, q in described(subscription)) == wanted
        assert ledger_imbalance() == 0
