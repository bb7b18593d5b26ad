"""Days that nobody pays for: from the order to the first invoice, or to an end that costs nothing."""

from datetime import date

import pytest

from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog.errors import BadPlan, TrialUsed
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.tests.factories import a_coupon, a_plan, a_price
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.errors import NoTrialToBegin, TrialLinkOver
from alicerce.apps.orders.services.proofs import proof_of
from alicerce.apps.orders.services.trial_link import TRIAL
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import CancelCause, Extras, LineStatus
from alicerce.apps.subscriptions.models import BilledPeriod, Change, Subscription
from alicerce.apps.subscriptions.services.billing_run import end_what_is_over
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
    reactivate,
)
from alicerce.apps.subscriptions.services.change_standing import resume, suspend
from alicerce.apps.subscriptions.services.set_terms import set_billing_day, set_terms
from alicerce.apps.subscriptions.services.trial import (
    start_trials,
    tell_of_ending_trials,
    write_of_ending_trial,
)
from alicerce.apps.subscriptions.tests.changing import bill, changed, costing, fresh, noon
from alicerce.apps.subscriptions.types import EndCause, Scope, SuspendCause, Terms
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant")


def ordered(price=None, **given):
    """A trial of fourteen days, that waits for its buyer."""
    return an_order(price=price or a_price(amount_cents=3100, trial_days=14), **given)


def tried(on="2026-09-01", price=None, **given):
    order = ordered(price, **given)
    orders.begin_trial(order_id=order.id, at=noon(on))
    start_trials(order_id=order.id, at=noon(on))
    return Subscription.objects.get(order_id=order.id)


class TestOrderOfATrial:
    def test_asks_for_nothing_and_delivers_when_the_letter_is_answered(self, published):
        order = ordered()
        run_jobs()
        assert (order.total, Invoice.objects.count()) == (Money(0), 0)
        assert orders.order(order.id).lines[0].status == LineStatus.WAITING

        letter = Message.objects.get(template="order_trial")
        proof = proof_of(purpose=TRIAL, order_id=order.id, until=noon("2026-09-08"))
        cancel = proof_of(purpose="cancel", order_id=order.id, until=noon("2026-09-08"))
        with pytest.raises(TrialLinkOver):
            orders.begin_by_link(order_id=order.id, proof=cancel, at=noon("2026-09-02"))
        with pytest.raises(TrialLinkOver):
            orders.begin_by_link(order_id=order.id, proof=proof, at=noon("2026-09-08"))
        assert orders.begin_by_link(order_id=order.id, proof=proof, at=noon("2026-09-02"))
        assert not orders.begin_by_link(order_id=order.id, proof=proof, at=noon("2026-09-02"))
        run_jobs()

        assert letter.to == "renata@example.com"
        subscription = Subscription.objects.get()
        assert (subscription.status, subscription.amount_cents) == ("trialing", 3100)
        assert subscription.trial_ends_on == date(2026, 9, 16)
        names = [fact.name for fact in published]
        assert names.count("order.line_ready") == names.count("subscription.trial_started") == 1

    def test_is_had_once_of_each_plan_unless_it_never_began(self):
        price = a_price(trial_days=14)
        order = ordered(price)
        with pytest.raises(TrialUsed):
            ordered(price, domain="outra.com.br")

        orders.cancel_order(
            order_id=order.id, cause=CancelCause.CUSTOMER, at=noon("2026-09-01")
        )
        with pytest.raises(NoTrialToBegin):
            orders.begin_trial(order_id=order.id, at=noon("2026-09-01"))

        assert ordered(price, domain="outra.com.br").trial_days == 14
        skipped = an_order(price=price, domain="b.com.br", extras=Extras(skip_trial=True))
        assert (skipped.trial_days, skipped.total) == (0, Money(2990))

    def test_is_of_what_renews_and_has_no_set_up(self):
        plan = a_plan()

        for cycle, new in (
            (Cycle.ONE_OFF, NewPrice(Money(100), trial_days=7)),
            (Cycle.MONTHLY, NewPrice(Money(100), Money(50), 7)),
            (Cycle.MONTHLY, NewPrice(Money(100), trial_days=91)),
        ):
            with pytest.raises(BadPlan):
                change_prices(plan_id=plan.id, wanted={cycle: new}, at=noon("2026-09-01"))


class TestTrial:
    def test_is_told_of_once_three_days_before_it_ends(self, published):
        subscription = tried()

        assert tell_of_ending_trials(on=date(2026, 9, 11), at=noon("2026-09-11")) == 0
        set_terms(terms=Terms(days_ahead=20), at=noon("2026-09-11"))
        assert tell_of_ending_trials(on=date(2026, 9, 12), at=noon("2026-09-12")) == 1
        assert tell_of_ending_trials(on=date(2026, 9, 13), at=noon("2026-09-13")) == 0
        run_jobs()
        write_of_ending_trial(subscription_id=subscription.id, at=noon("2026-09-13"))

        assert Message.objects.filter(template="trial_ending").count() == 1
        assert fresh(subscription).next_bill_on == date(2026, 9, 15)

    def test_is_followed_by_the_first_period_invoiced_on_its_last_day(self):
        subscription = tried(extras=Extras(coupon=a_coupon(percent_bp=1000, cycles=1).code))

        bill("2026-09-14")
        assert not Invoice.objects.exists()
        bill("2026-09-15")
        bill("2026-09-15")

        [period] = BilledPeriod.objects.all()
        assert (period.starts_on, period.ends_on) == (date(2026, 9, 15), date(2026, 10, 15))
        assert Invoice.objects.get().total_cents == 2790
        assert fresh(subscription).status == "active"
        bill("2026-10-08")
        assert Invoice.objects.order_by("-id").first().total_cents == 3100

    def test_is_followed_by_the_rest_of_the_month_of_who_has_a_day(self):
        """What another engine asks for after a trial of thirteen days: 10,000,000 from the 18th of March."""
        subscription = tried(
            "2024-03-05", price=a_price(amount_cents=10_000_000, trial_days=13)
        )
        set_billing_day(customer_id=subscription.customer_id, day=1, at=noon("2024-03-05"))

        bill("2024-03-18")

        assert Invoice.objects.get().total_cents == 4_516_129

    def test_canceled_costs_nothing(self):
        first = tried()
        cancel_at_period_end(subscription_id=first.id, at=noon("2026-09-02"))
        reactivate(subscription_id=first.id, at=noon("2026-09-02"))
        assert fresh(first).next_bill_on == date(2026, 9, 15)
        assert cancel_at_period_end(subscription_id=first.id, at=noon("2026-09-03")) == date(
            2026, 9, 15
        )
        second = tried(domain="b.com.br", email="b@example.com", document="11144477735")
        cancel_now(subscription_id=second.id, cause=EndCause.CUSTOMER, at=noon("2026-09-03"))

        bill("2026-09-15")
        end_what_is_over(on=date(2026, 9, 15), at=noon("2026-09-15"))

        assert {fresh(one).status for one in (first, second)} == {"ended"}
        assert not Invoice.objects.exists()

    def test_goes_on_after_a_stop_until_the_same_day(self):
        subscription = tried()
        stopped = {"subscription_id": subscription.id, "scope": Scope.ALL}
        suspend(**stopped, cause=SuspendCause.ABUSE, at=noon("2026-09-03"))
        resume(subscription_id=subscription.id, at=noon("2026-09-05"))
        assert fresh(subscription).status == "trialing"
        suspend(**stopped, cause=SuspendCause.ABUSE, at=noon("2026-09-06"))
        resume(subscription_id=subscription.id, at=noon("2026-09-20"))

        bill("2026-09-20")

        assert BilledPeriod.objects.get().starts_on == date(2026, 9, 20)

    def test_of_another_plan_costs_nothing_and_ends_on_the_same_day(self):
        subscription = tried()

        preview, change = changed(subscription, costing(6200), "2026-09-05")
        assert (preview.net_cents, change.invoice_id, change.status) == (0, None, "done")
        bill("2026-09-15")

        [line] = InvoiceLine.objects.all()
        assert (line.total_cents, line.starts_on) == (6200, date(2026, 9, 15))
        assert Change.objects.get().status == "done"
