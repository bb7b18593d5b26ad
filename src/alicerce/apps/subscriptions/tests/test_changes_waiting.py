"""A change of plan that waits: for its yes, its payment, its day; and those that are refused."""

from datetime import date

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions import errors
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import Change
from alicerce.apps.subscriptions.queries.changing import open_change
from alicerce.apps.subscriptions.queries.pages import periods_of
from alicerce.apps.subscriptions.services.billing_run import (
    look_for_work,
    settle_changes,
)
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
)
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.services.close_change import (
    drop_voided_change,
    withdraw_change,
)
from alicerce.apps.subscriptions.services.pause import pause_billing
from alicerce.apps.subscriptions.services.set_terms import set_terms
from alicerce.apps.subscriptions.tests.changing import (
    bill,
    bought,
    changed,
    costing,
    fresh,
    noon,
    shown,
    told,
)
from alicerce.apps.subscriptions.tests.factories import (
    a_pending_subscription,
)
from alicerce.apps.subscriptions.types import EndCause, Scope, SuspendCause, Terms
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.kernel.db import transaction


class TestConfirm:
    def test_refuses_other_cents_than_were_shown(self, tenant):
        subscription, price = bought(10000, "2025-06-01"), costing(30000)
        preview = shown(subscription, price, "2025-06-16")

        with pytest.raises(errors.PreviewOutdated), transaction():
            change_plan(
                subscription_id=subscription.id,
                price_id=price.id,
                expected_cents=preview.net_cents,
                at=noon("2025-06-17"),
            )
        assert not Change.objects.exists()

    def test_asked_again_is_the_same(self, tenant):
        subscription, price = bought(10000, "2025-06-01"), costing(30000)

        _, first = changed(subscription, price, "2025-06-16")
        _, again = changed(subscription, price, "2025-06-16")

        assert (again.id, again.invoice_id) == (first.id, first.invoice_id)

    def test_gives_way_to_a_newer_one(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, first = changed(subscription, costing(30000), "2025-06-16")

        _, second = changed(subscription, costing(40000), "2025-06-17")

        assert billing.invoice(first.invoice_id).status == "void"
        assert open_change(subscription.id).id == second.id

    def test_never_replaces_one_that_is_paid(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-16")
        invoice = billing.invoice(change.invoice_id)
        paid = a_payment(invoice.id, amount=invoice.total, paid_at=noon("2025-06-16"))
        book_payment(account_id=an_account().id, paid=paid, at=noon("2025-06-16"))

        with pytest.raises(errors.ChangeUnderWay), transaction():
            changed(subscription, costing(40000), "2025-06-16")


class TestUnpaid:
    def test_is_waited_for_a_week(self, tenant, published):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-10")
        assert change.drop_on == date(2025, 6, 17)
        assert settle_changes(on=date(2025, 6, 16), at=noon("2025-06-16")) == 0

        assert look_for_work(at=noon("2025-06-17"))
        assert settle_changes(on=date(2025, 6, 17), at=noon("2025-06-17")) == 1

        assert billing.invoice(change.invoice_id).status == "void"
        assert open_change(subscription.id) is None
        assert fresh(subscription).amount_cents == 10000
        assert not told(published)
        assert ledger_imbalance() == 0

    def test_is_in_force_when_it_was_paid_just_before(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-10")
        invoice = billing.invoice(change.invoice_id)
        paid = a_payment(invoice.id, amount=invoice.total, paid_at=noon("2025-06-17"))
        book_payment(account_id=an_account().id, paid=paid, at=noon("2025-06-17"))

        settle_changes(on=date(2025, 6, 17), at=noon("2025-06-17"))

        assert fresh(subscription).amount_cents == 30000

    def test_keeps_the_renewal_waiting_and_no_longer_than_the_period(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-23")
        set_terms(terms=Terms(days_ahead=10), at=noon("2025-06-23"))
        assert fresh(subscription).next_bill_on == change.drop_on == date(2025, 6, 30)
        bill("2025-06-24")
        assert len(periods_of(subscription.id)) == 1

        settle_changes(on=date(2025, 6, 30), at=noon("2025-06-30"))
        bill("2025-06-30")

        assert [row.amount.cents for row in periods_of(subscription.id)] == [10000, 10000]

    def test_is_dropped_with_its_invoice(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-10")
        billing.void_invoice(invoice_id=change.invoice_id, at=noon("2025-06-11"))

        assert drop_voided_change(invoice_id=change.invoice_id, at=noon("2025-06-11"))
        assert not drop_voided_change(invoice_id=change.invoice_id, at=noon("2025-06-11"))

    def test_is_dropped_when_the_subscription_ends(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-10")

        cancel_now(
            subscription_id=subscription.id, cause=EndCause.CUSTOMER, at=noon("2025-06-11")
        )

        assert billing.invoice(change.invoice_id).status == "void"
        assert open_change(subscription.id) is None

    def test_is_withdrawn(self, tenant):
        subscription = bought(10000, "2025-06-01")
        _, change = changed(subscription, costing(30000), "2025-06-10")
        asked = {"subscription_id": subscription.id, "at": noon("2025-06-11")}

        withdraw_change(**asked)

        assert billing.invoice(change.invoice_id).status == "void"
        with pytest.raises(errors.NoChange):
            withdraw_change(**asked)


class TestNextPeriod:
    def test_is_when_what_costs_less_begins(self, tenant, published):
        subscription = bought(30000, "2025-06-01")

        preview, change = changed(subscription, costing(10000), "2025-06-16")

        assert (preview.when, preview.lines, preview.net_cents) == ("period_end", (), 0)
        assert (preview.renews_on, preview.renewal.cents) == (date(2025, 7, 1), 10000)
        assert (change.status, change.invoice_id) == ("scheduled", None)
        assert fresh(subscription).amount_cents == 30000

        bill("2025-06-24")
        bill("2025-06-25")
        assert [row.amount.cents for row in periods_of(subscription.id)] == [10000, 30000]
        assert fresh(subscription).amount_cents == 30000
        assert not told(published)

        for _ in range(2):
            settle_changes(on=date(2025, 7, 1), at=noon("2025-07-01"))
        assert len(told(published)) == 1
        assert fresh(subscription).amount_cents == 10000

    def test_may_begin_another_cycle(self, tenant):
        subscription = bought(100000, "2025-06-10", "annual")
        preview, _ = changed(subscription, costing(10000), "2025-09-01")

        bill("2026-06-03")
        settle_changes(on=date(2026, 6, 10), at=noon("2026-06-10"))
        bill("2026-07-03")

        periods = [
            (row.period.starts_on, row.amount.cents) for row in periods_of(subscription.id)
        ]
        assert preview.renews_on == date(2026, 6, 10)
        assert periods == [
            (date(2026, 7, 10), 10000),
            (date(2026, 6, 10), 10000),
            (date(2025, 6, 10), 100000),
        ]

    def test_is_not_changed_again_once_it_is_billed(self, tenant):
        subscription = bought(30000, "2025-06-01")
        changed(subscription, costing(10000), "2025-06-16")
        bill("2025-06-24")

        with pytest.raises(errors.ChangeUnderWay):
            shown(subscription, costing(20000), "2025-06-25")
        with pytest.raises(errors.ChangeUnderWay):
            withdraw_change(subscription_id=subscription.id, at=noon("2025-06-25"))


class TestRefusals:
    def test_are_for_what_is_not_active(self, tenant):
        subscription, price = bought(10000, "2025-06-01"), costing(30000)
        subscriptions.fall_behind(subscription_id=subscription.id, at=noon("2025-06-02"))
        with pytest.raises(errors.SubscriptionLate):
            shown(subscription, price, "2025-06-02")
        subscriptions.suspend(
            subscription_id=subscription.id,
            scope=Scope.WEB,
            cause=SuspendCause.UNPAID,
            at=noon("2025-06-02"),
        )
        with pytest.raises(errors.SubscriptionStopped):
            shown(subscription, price, "2025-06-02")
        subscriptions.end(
            subscription_id=subscription.id, cause=EndCause.STAFF, at=noon("2025-06-02")
        )
        with pytest.raises(errors.SubscriptionEnded):
            shown(subscription, price, "2025-06-02")
        with pytest.raises(errors.SubscriptionNotStarted):
            shown(a_pending_subscription(domain="outra.com.br"), price, "2026-09-02")

    def test_are_for_what_will_end_or_is_paused(self, tenant):
        price = costing(30000)
        ending, paused = (
            bought(10000, "2025-06-01", domain="um.com.br"),
            bought(10000, "2025-06-01", domain="dois.com.br"),
        )
        cancel_at_period_end(subscription_id=ending.id, at=noon("2025-06-02"))
        pause_billing(subscription_id=paused.id, at=noon("2025-06-02"))

        with pytest.raises(errors.SubscriptionRunsOut):
            shown(ending, price, "2025-06-02")
        with pytest.raises(errors.BillingPaused):
            shown(paused, price, "2025-06-02")

    def test_are_for_prices_that_are_not_to_be_had(self, tenant):
        subscription = bought(10000, "2025-06-01")
        domain = Product.objects.create(kind="domain", name="Domínio")
        elsewhere = Plan.objects.create(product=domain, slug="dominio", name="Domínio")
        for price, refusal in (
            (Price.objects.get(pk=subscription.price_id), errors.SamePlan),
            (costing(30000, currency="USD"), errors.OtherCurrency),
            (costing(30000, is_active=False), NotForSale),
            (costing(30000, "one_off"), errors.OtherProduct),
            (costing(30000, plan=elsewhere), errors.OtherProduct),
        ):
            with pytest.raises(refusal):
                shown(subscription, price, "2025-06-02")

    def test_are_for_credit_of_what_nobody_paid(self, tenant):
        subscription, cheaper = bought(30000, "2025-06-01"), costing(10000)
        bill("2025-06-24")

        with pytest.raises(errors.PeriodUnpaid):
            shown(subscription, cheaper, "2025-06-25", when=ChangeWhen.NOW)
        assert shown(subscription, cheaper, "2025-06-25").renews_on == date(2025, 8, 1)

    def test_are_for_a_period_that_is_over_and_not_billed(self, tenant):
        with pytest.raises(errors.RenewalDue):
            shown(bought(10000, "2025-06-01"), costing(30000), "2025-07-01")
