"""Add-ons: sold onto what a customer has, asked for with it, stopped and ended with it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog.errors import (
    AddonCycle,
    BadPlan,
    BadQuantity,
    CouponUsedUp,
    NotForSale,
    OutOfStock,
)
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.services.change_plan import change_plan as write_plan
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.tests.factories import (
    a_choice_form,
    a_coupon,
    a_plan_form,
    a_price,
    an_option,
)
from alicerce.apps.catalog.types import Chosen, Cycle, NewPrice, PlanForm
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.errors import (
    AddonHad,
    AddonsKeepCycle,
    AddonStaysAsItIs,
    NoAddon,
    PreviewOutdated,
    SubscriptionRunsOut,
)
from alicerce.apps.subscriptions.events import AddonAdded, SubscriptionItemsChanged
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.addons import (
    ADDON,
    addons_to_choose,
    preview_addon,
)
from alicerce.apps.subscriptions.queries.changing_items import preview_items
from alicerce.apps.subscriptions.queries.limits import limits_of
from alicerce.apps.subscriptions.queries.pages import periods_of
from alicerce.apps.subscriptions.rules.calendar import meeting_day, next_stretch
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
    reactivate,
)
from alicerce.apps.subscriptions.services.change_plan import change_items
from alicerce.apps.subscriptions.services.close_change import settle_change, withdraw_change
from alicerce.apps.subscriptions.services.pause import pause_billing, resume_billing
from alicerce.apps.subscriptions.tests.changing import (
    bill,
    bought,
    costing,
    fresh,
    noon,
    pay,
    shown,
)
from alicerce.apps.subscriptions.tests.factories import an_addon
from alicerce.apps.subscriptions.types import EndCause, Scope, SuspendCause
from alicerce.apps.subscriptions.types.addons import AddonWanted
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.kernel.money import Money

SEVEN = "2026-09-07"


def added(parent, price, on, **wanted):
    wanted = AddonWanted(price.id, **wanted)
    seen = preview_addon(subscription_id=parent.id, wanted=wanted, at=noon(on))
    addon_id = add_addon(
        subscription_id=parent.id,
        wanted=wanted,
        expected_cents=seen.total.cents,
        at=noon(on),
    )
    return seen, Subscription.objects.get(pk=addon_id)


class TestAddAddon:
    def test_asks_for_the_days_shown_and_then_renews_on_one_invoice_with_its_parent(
        self, tenant, published
    ):
        parent = bought(3000, "2026-09-01")
        seen, addon = added(parent, an_addon(limits={"mailboxes": 5}), "2026-09-16")

        assert (seen.period.starts_on, seen.period.ends_on) == (
            date(2026, 9, 16),
            date(2026, 10, 1),
        )
        assert seen.first == Money(750)

        bill("2026-09-16")
        (asked,) = periods_of(addon.id)
        assert asked.amount == seen.total == billing.invoice(asked.invoice_id).total
        assert (asked.period, asked.amount) == (seen.period, seen.total)

        bill("2026-09-24")
        renewed, own = periods_of(addon.id)[0], periods_of(parent.id)[0]
        assert renewed.invoice_id == own.invoice_id
        assert renewed.period == own.period
        assert billing.invoice(own.invoice_id).total == Money(4500)
        assert ledger_imbalance() == 0

        facts = [fact for fact in published if isinstance(fact, AddonAdded)]
        assert [fact.addon_id for fact in facts] == [addon.id]
        (limits,) = [
            one.limits for one in published if isinstance(one, SubscriptionItemsChanged)
        ]
        assert limits == limits_of(parent.id) == {"mailboxes": 5}

    def test_of_a_long_cycle_ends_where_its_parent_does(self, tenant):
        parent = bought(36500, "2026-09-01", "annual")
        seen, _addon = added(parent, an_addon(36500, "annual"), "2026-09-11")
        assert seen.period.ends_on == date(2027, 9, 1)
        assert seen.first == Money(35500)

        monthly, _ = added(parent, an_addon(3000), "2026-09-16")
        assert (monthly.period.ends_on, monthly.first) == (date(2026, 10, 1), Money(1500))

    def test_refuses_what_does_not_fit_what_was_not_shown_and_a_second_one(self, tenant):
        parent, other = bought(3000, "2026-09-01"), a_price()
        price, elsewhere = an_addon(), an_addon(goes_with=[str(other.plan_id)])
        asked = {"subscription_id": parent.id, "at": noon(SEVEN)}

        assert [plan.plan_id for plan, _ in addons_to_choose(parent.id)] == [price.plan_id]
        for refusal, wanted in (
            (NotForSale, elsewhere),
            (NotForSale, other),
            (AddonCycle, an_addon(9000, "annual")),
        ):
            with pytest.raises(refusal):
                preview_addon(wanted=AddonWanted(wanted.id), **asked)
        with pytest.raises(PreviewOutdated):
            add_addon(wanted=AddonWanted(price.id), expected_cents=1, **asked)

        _, addon = added(parent, price, SEVEN)
        with pytest.raises(AddonHad):
            preview_addon(wanted=AddonWanted(price.id), **asked)
        with pytest.raises(AddonStaysAsItIs):
            shown(addon, costing(9000), SEVEN)
        with pytest.raises(AddonsKeepCycle):
            shown(parent, costing(9000, "annual", plan=parent.price.plan), SEVEN)
        assert addons_to_choose(parent.id) == []


class TestHowMany:
    def test_are_asked_for_with_options_and_coupon_to_the_cent_and_add_up(self, tenant):
        parent = bought(3000, "2026-09-01")
        price = an_addon(1000, limits={"mailboxes": 5}, max_quantity=4, stock=6)
        option = an_option(
            price.plan, limit="mailboxes", choices=(a_choice_form(adds=2, name="Cópia"),)
        )
        coupon = a_coupon(percent_bp=5000, cycles=2, most=1)
        seen, addon = added(
            parent,
            price,
            "2026-09-16",
            quantity=3,
            chosen=(Chosen(option.id, quantity=1),),
            coupon=coupon.code,
        )

        assert (seen.amount, seen.first, seen.off_cents) == (
            Money(3990),
            Money(997),
            998,
        )  # half of 3 × 1000 + 990, half off
        assert seen.renewal == Money(1995)
        assert limits_of(parent.id) == {"mailboxes": 17}
        assert limits_of(addon.id) == {"mailboxes": 17}
        assert Plan.objects.get(pk=price.plan_id).stock == 3
        with pytest.raises(BadQuantity):
            added(bought(3000, "2026-09-01"), price, "2026-09-16", quantity=5)
        with pytest.raises(CouponUsedUp):
            added(bought(3000, "2026-09-01"), price, "2026-09-16", coupon=coupon.code)

        asked = []
        for on in ("2026-09-16", "2026-09-24", "2026-10-25"):
            bill(on)
            asked.append(periods_of(addon.id)[0].amount)
        assert asked == [Money(997), Money(1995), Money(3990)]
        assert ledger_imbalance() == 0

    def test_change_for_what_was_shown_and_hold_and_give_back_the_stock_once(
        self, tenant, published
    ):
        parent = bought(3000, "2026-09-01")
        price = an_addon(1000, limits={"mailboxes": 5}, max_quantity=4, stock=3)
        _, addon = added(parent, price, "2026-09-01", quantity=2)
        bill("2026-09-01")

        def left():
            return Plan.objects.get(pk=price.plan_id).stock

        def so_many(quantity, on, **given):
            asked = {"wanted": (), "quantity": quantity, "at": noon(on), **given}
            seen = preview_items(subscription_id=addon.id, **asked)
            change = change_items(
                subscription_id=addon.id, expected_cents=seen.net_cents, **asked
            )
            return seen, change

        with pytest.raises(BadQuantity):
            so_many(5, "2026-09-16")
        with pytest.raises(OutOfStock):
            so_many(4, "2026-09-16")
        with pytest.raises(NoAddon):
            preview_items(
                subscription_id=parent.id, wanted=(), quantity=2, at=noon("2026-09-16")
            )
        seen, change = so_many(3, "2026-09-16")
        assert (seen.due_now, seen.renewal, left()) == (Money(500), Money(3000), 0)
        assert billing.invoice(change.invoice_id).total == Money(500)
        withdraw_change(subscription_id=addon.id, at=noon("2026-09-16"))
        assert left() == 1

        _, change = so_many(3, "2026-09-16")
        pay(change, "2026-09-17")
        assert (fresh(addon).amount_cents, left()) == (3000, 0)
        assert limits_of(parent.id) == {"mailboxes": 15}
        told = [one for one in published if isinstance(one, SubscriptionItemsChanged)]
        assert (told[-1].subscription_id, told[-1].limits) == (parent.id, {"mailboxes": 15})

        seen, change = so_many(1, "2026-09-17")
        assert (seen.when, left()) == (ChangeWhen.PERIOD_END, 0)
        bill("2026-09-24")
        assert periods_of(addon.id)[0].amount == Money(1000)
        settle_change(change_id=change.id, at=noon("2026-10-01"))
        assert left() == 2

        for _again in range(2):
            subscriptions.end(
                subscription_id=parent.id, cause=EndCause.STAFF, at=noon("2026-10-02")
            )
        assert (fresh(addon).end_cause, left()) == ("parent", 3)
        assert ledger_imbalance() == 0


class TestFollowParent:
    def test_stops_and_goes_on_with_it_and_by_itself(self, tenant):
        parent = bought(3000, "2026-09-01")
        _, addon = added(parent, an_addon(), SEVEN)
        debt = {"scope": Scope.ALL, "cause": SuspendCause.UNPAID, "at": noon(SEVEN)}

        subscriptions.suspend(subscription_id=parent.id, **debt)
        assert (fresh(addon).status, fresh(addon).suspend_cause) == ("suspended", "parent")
        subscriptions.suspend(subscription_id=addon.id, **debt)
        assert not subscriptions.resume(subscription_id=addon.id, at=noon(SEVEN))
        assert fresh(addon).suspend_cause == "parent"
        subscriptions.resume(subscription_id=parent.id, at=noon(SEVEN))
        assert fresh(addon).status == "active"

        subscriptions.suspend(subscription_id=addon.id, **debt)
        subscriptions.resume(subscription_id=parent.id, at=noon(SEVEN))
        assert (fresh(parent).status, fresh(addon).status) == ("active", "suspended")

    def test_of_a_year_ends_where_its_parent_does_after_a_standstill(self, tenant):
        parent = bought(36500, "2026-09-01", "annual")
        _, addon = added(parent, an_addon(36500, "annual"), "2026-09-01")
        bill("2026-09-01")
        for subscription in (parent, addon):
            pause_billing(subscription_id=subscription.id, at=noon("2027-08-01"))
        assert fresh(addon).paused_at
        resume_billing(subscription_id=addon.id, at=noon("2027-09-11"))
        resume_billing(subscription_id=parent.id, at=noon("2027-09-21"))

        for on in ("2027-09-21", "2027-09-22", "2028-08-25", "2028-09-24"):
            bill(on)
        assert periods_of(addon.id)[0].period.ends_on == periods_of(parent.id)[0].period.ends_on

    def test_is_not_asked_for_beyond_the_end_of_its_parent_and_ends_with_it(self, tenant):
        parent = bought(36500, "2026-09-01", "annual")
        _, addon = added(parent, an_addon(3000), "2026-09-01")
        _, other = added(parent, an_addon(2000), "2026-09-01")
        cancel_at_period_end(subscription_id=other.id, at=noon("2026-09-01"))
        cancel_at_period_end(subscription_id=parent.id, at=noon("2026-09-02"))
        with pytest.raises(SubscriptionRunsOut):
            added(parent, an_addon(), "2026-09-02")

        reactivate(subscription_id=parent.id, at=noon("2026-09-03"))
        assert (fresh(addon).ends_on, fresh(other).cancel_at_period_end) == (None, True)

        cancel_at_period_end(subscription_id=parent.id, at=noon("2026-09-04"))
        for month in (*range(9, 13), *range(1, 10)):
            bill(f"{2026 if month > 8 else 2027}-{month:02}-20")
        assert periods_of(addon.id)[0].period.ends_on == date(2027, 9, 1)
        assert fresh(addon).next_bill_on is None

        subscriptions.end(
            subscription_id=parent.id, cause=EndCause.PERIOD_END, at=noon("2027-09-01")
        )
        assert {fresh(one).status for one in (parent, addon, other)} == {"ended"}
        assert fresh(addon).end_cause == "parent"

    def test_is_canceled_by_itself(self, tenant):
        parent = bought(3000, "2026-09-01")
        _, addon = added(parent, an_addon(limits={"mailboxes": 5}), SEVEN)

        cancel_now(subscription_id=addon.id, cause=EndCause.CUSTOMER, at=noon(SEVEN))

        assert (fresh(addon).end_cause, fresh(parent).status) == ("customer", "active")
        assert limits_of(parent.id) == {}


class TestDeclaring:
    def test_says_which_plans_it_goes_with_and_what_its_prices_may_be(self, tenant):
        price = a_price()
        facts = {"product_kind": ADDON.key, "product_name": "Adicionais", "name": "IP"}
        form = PlanForm(**facts, goes_with=(str(price.plan_id),))
        plan_id = create_plan(form=form, at=noon(SEVEN))

        assert Plan.objects.get(pk=plan_id).written() == form
        with pytest.raises(BadPlan):
            create_plan(form=a_plan_form(max_quantity=2), at=noon(SEVEN))
        for wrong in (("nada",), (str(plan_id),), (str(price.id),)):
            with pytest.raises(BadPlan):
                write_plan(
                    plan_id=plan_id, form=PlanForm(**facts, goes_with=wrong), at=noon(SEVEN)
                )
        for cycle, new in (
            (Cycle.ONE_OFF, NewPrice(Money(100))),
            (Cycle.MONTHLY, NewPrice(Money(100), Money(50))),
            (Cycle.MONTHLY, NewPrice(Money(100), None, 7)),
        ):
            with pytest.raises(BadPlan):
                change_prices(plan_id=plan_id, wanted={cycle: new}, at=noon(SEVEN))


DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
PAIRS = [
    (Cycle.MONTHLY, Cycle.ANNUAL),
    (Cycle.ANNUAL, Cycle.ANNUAL),
    (Cycle.QUARTERLY, Cycle.ANNUAL),
    (Cycle.MONTHLY, Cycle.MONTHLY),
    (Cycle.ANNUAL, Cycle.TRIENNIAL),
]


class TestMeetingDay:
    @given(bought_on=DAYS, after=st.integers(0, 1095), pair=st.sampled_from(PAIRS))
    @settings(max_examples=150, deadline=None)
    def test_wherever_a_period_of_the_parent_ends_one_of_the_addon_does(
        self, bought_on, after, pair
    ):
        cycle, parent = pair
        whole = next_stretch(starts_on=bought_on, cycle=parent, anchor_day=bought_on.day).period
        on = bought_on.fromordinal(bought_on.toordinal() + after % whole.days)
        meets_on = meeting_day(
            on=on, until=whole.ends_on, cycle=cycle, anchor_day=bought_on.day
        )
        stretch = next_stretch(
            starts_on=on, cycle=cycle, anchor_day=bought_on.day, meets_on=meets_on
        )
        assert 0 < stretch.share(36500) <= 36500
        while stretch.period.ends_on < whole.ends_on:
            stretch = next_stretch(
                starts_on=stretch.period.ends_on,
                cycle=cycle,
                anchor_day=bought_on.day,
                meets_on=meets_on,
            )
            assert stretch.is_whole
        assert stretch.period.ends_on == whole.ends_on
