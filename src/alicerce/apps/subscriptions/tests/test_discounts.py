"""What a coupon promised goes on in the renewals, for so many and no more."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog.tests.factories import a_coupon, a_price, an_option
from alicerce.apps.catalog.types import Chosen, CouponKind
from alicerce.apps.orders.types import Extras
from alicerce.apps.subscriptions.models import BilledPeriod, BillingRun, Item
from alicerce.apps.subscriptions.services.bill_batch import bill_batch
from alicerce.apps.subscriptions.tests.changing import changed, costing, fresh, noon, pay, shown
from alicerce.apps.subscriptions.tests.factories import NOON, a_subscription
from alicerce.apps.subscriptions.types.changes import ChangeWhen

pytestmark = pytest.mark.usefixtures("tenant")


def renew(times):
    """One period after the other, each invoiced on the day its time has come."""
    asked = []
    for number in range(1, times + 1):
        on = date(2026, 9, 1) + timedelta(days=31 * number)
        run = BillingRun.objects.create(on=on, started_at=NOON, due=1, finished_at=NOON)
        bill_batch(run_id=run.id, on=on, most=10, at=NOON)
        asked.append(Invoice.objects.order_by("-id").first().total_cents)
    return asked


def sold(price, **coupon):
    return a_subscription(price=price, extras=Extras(coupon=a_coupon(**coupon).code))


class TestCoupon:
    def test_of_three_charges_takes_off_two_renewals(self):
        sold(a_price(amount_cents=10000), percent_bp=1000, cycles=3)

        assert renew(4) == [9000, 9000, 10000, 10000]

    def test_for_ever_takes_off_every_renewal(self):
        sold(a_price(amount_cents=10000), percent_bp=2500, cycles=None)

        assert renew(3) == [7500, 7500, 7500]

    def test_of_cents_says_so_on_a_line_of_its_own(self):
        fixed = {"kind": CouponKind.FIXED, "percent_bp": None, "amount_cents": 1500}
        subscription = sold(a_price(amount_cents=10000), cycles=2, **fixed)

        assert renew(2) == [8500, 10000]
        [line] = InvoiceLine.objects.filter(kind="discount", subscription_id=subscription.id)
        assert line.total_cents == -1500
        assert line.description.startswith("Cupom ")

    def test_that_paid_for_most_of_the_first_period_makes_nobody_look_like_a_mistake(self):
        sold(a_price(amount_cents=10000), percent_bp=9500, cycles=1)

        assert renew(1) == [10000]


class TestChangeOfPlan:
    """The credit is of the old price and its coupon, the debit of the new price and the coupon."""

    def changed(self, cycle="monthly", *, options=False, **coupon):
        price = costing(10000)
        chosen = (Chosen(an_option(price.plan).id, quantity=1),) if options else ()
        extras = Extras(coupon=a_coupon(**coupon).code, chosen=chosen)
        subscription = a_subscription(paid_at=noon("2025-06-01"), price=price, extras=extras)
        return shown(subscription, costing(30000, cycle), "2025-06-16", when=ChangeWhen.NOW)

    def test_gives_back_no_more_than_the_days_cost(self):
        preview = self.changed(percent_bp=5000, cycles=1)

        assert [line.cents for line in preview.lines] == [-2500, 15000]
        assert preview.renewal.cents == 30000

    @pytest.mark.parametrize(("cycles", "renewal"), [(3, 15000), (None, 15000)])
    def test_has_the_coupon_that_these_days_had(self, cycles, renewal):
        preview = self.changed(percent_bp=5000, cycles=cycles)

        assert [line.cents for line in preview.lines] == [-2500, 7500]
        assert preview.renewal.cents == renewal

    def test_has_a_coupon_of_cents_once_in_what_it_cost(self):
        fixed = {"kind": CouponKind.FIXED, "percent_bp": None, "amount_cents": 2000}

        preview = self.changed(cycles=None, **fixed)

        assert [line.cents for line in preview.lines] == [-4000, 14000]
        assert preview.renewal.cents == 28000

    def test_knows_what_of_it_was_for_the_options(self):
        preview = self.changed(percent_bp=5000, cycles=1, options=True)

        assert preview.lines[0].cents == -2500

    @pytest.mark.parametrize(("cycles", "debit"), [(3, 30000), (None, 15000)])
    def test_to_another_cycle_has_a_coupon_for_ever(self, cycles, debit):
        preview = self.changed(cycle="annual", percent_bp=5000, cycles=cycles)

        assert [line.cents for line in preview.lines] == [-2500, debit]

    def test_of_changes_credits_what_the_one_before_debited(self):
        extras = Extras(coupon=a_coupon(percent_bp=5000, cycles=2).code)
        subscription = a_subscription(
            paid_at=noon("2025-06-01"), price=costing(10000), extras=extras
        )
        _, change = changed(subscription, costing(30000), "2025-06-11")
        pay(change, "2025-06-11")

        preview = shown(fresh(subscription), costing(60000), "2025-06-21")

        assert [line.cents for line in preview.lines] == [-5000, 10000]


def test_set_up_is_charged_once_and_options_in_every_cycle():
    price = a_price(amount_cents=10000, setup_cents=5000)
    option = an_option(price.plan)
    [choice] = option.choices
    chosen = (Chosen(option_id=option.id, choice_id=choice.id, quantity=2),)

    subscription = a_subscription(price=price, extras=Extras(chosen=chosen))

    every_cycle = 10000 + sum(
        item.quantity * item.unit_cents for item in Item.objects.filter(kind="option")
    )
    assert every_cycle > 10000
    assert BilledPeriod.objects.get(subscription=subscription).amount_cents == every_cycle
    assert renew(1) == [every_cycle]
