"""A price that changes for who has the plan: told in time, asked for once, called off until then."""

from datetime import date

import pytest

from alicerce.apps.billing.models import Invoice
from alicerce.apps.catalog.errors import ReasonRequired
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.tests.factories import a_plan, a_price, an_option
from alicerce.apps.catalog.types import Chosen, Cycle, NewPrice
from alicerce.apps.notify.models import Message
from alicerce.apps.orders.types import Extras
from alicerce.apps.subscriptions.errors import BadMove, NobodyToMove, PreviewOutdated
from alicerce.apps.subscriptions.events import SubscriptionChanged, SubscriptionPriceChanged
from alicerce.apps.subscriptions.models import BilledPeriod, Item, MovedPrice
from alicerce.apps.subscriptions.queries.pages import items_of
from alicerce.apps.subscriptions.queries.price_moves import preview_move, price_to_come
from alicerce.apps.subscriptions.queries.records import subscription_record, subscription_rows
from alicerce.apps.subscriptions.services.billing_run import look_for_work, settle_changes
from alicerce.apps.subscriptions.services.cancel import cancel_at_period_end, reactivate
from alicerce.apps.subscriptions.services.change_plan import change_items
from alicerce.apps.subscriptions.services.move_prices import (
    cancel_price_move,
    schedule_price_move,
)
from alicerce.apps.subscriptions.services.tell_of_moves import (
    tell_of_canceled_moves,
    tell_of_price_moves,
)
from alicerce.apps.subscriptions.tests.changing import bill, bought, changed, fresh, noon, pay
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types.price_moves import MoveForm
from alicerce.kernel.money import Money
from alicerce.kernel.rest.listing import Window
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant")


def raised(price, cents, on="2026-09-02"):
    """The price that is in force instead of this one."""
    [made] = change_prices(
        plan_id=price.plan_id,
        wanted={Cycle(price.cycle): NewPrice(Money(cents))},
        reason="Custos",
        at=noon(on),
    )
    return made


def moved(price_id, first_on="2026-10-01", on="2026-09-03", **given):
    form = MoveForm(price_id, date.fromisoformat(first_on), **given)
    shown = preview_move(form=form, at=noon(on))
    move_id = schedule_price_move(
        form=form,
        reason="Custos de energia",
        expected_after_cents=shown.sums.after.cents,
        expected_count=shown.sums.subscriptions,
        at=noon(on),
    )
    return shown, move_id


def tell(on):
    return tell_of_price_moves(on=date.fromisoformat(on), at=noon(on))


def settle(on):
    return settle_changes(on=date.fromisoformat(on), at=noon(on))


def asked():
    """What each period was invoiced for, by its first day."""
    rows = BilledPeriod.objects.standing().order_by("starts_on")
    return [(str(row.starts_on), row.amount_cents) for row in rows]


class TestPreview:
    def test_sums_who_moves_and_says_who_does_not(self):
        price = a_price(amount_cents=12_000, cycle="annual")
        one = a_subscription(price=price, paid_at=noon("2026-09-01"))
        leaving = a_subscription(price=price, paid_at=noon("2026-09-01"), domain="b.com.br")
        own = a_subscription(price=price, paid_at=noon("2026-09-01"), domain="c.com.br")
        cancel_at_period_end(subscription_id=leaving.id, at=noon("2026-09-01"))
        Item.objects.filter(subscription_id=own.id).update(unit_cents=10_000)
        newer = raised(price, 12_006)

        shown = preview_move(form=MoveForm(newer, date(2026, 9, 20)), at=noon("2026-09-03"))

        assert [row.subscription_id for row in shown.rows] == [one.id]
        assert (shown.leaving, shown.own_price, shown.in_another) == (1, 1, 0)
        assert shown.sums.before == Money(12_000)
        assert shown.sums.after == Money(12_006)
        assert (shown.sums.monthly_before, shown.sums.monthly_after) == (
            Money(1_000),
            Money(1_001),
        )
        assert shown.first_effective_on == date(2027, 9, 1)

    def test_refuses_what_no_move_is(self):
        price = a_price(amount_cents=3_000)
        newer = raised(price, 3_500)
        for form in (
            MoveForm(newer, date(2026, 9, 2)),
            MoveForm(newer, date(2029, 9, 3)),
            MoveForm(newer, date(2026, 10, 1), (newer,)),
        ):
            with pytest.raises(BadMove):
                preview_move(form=form, at=noon("2026-09-03"))
        with pytest.raises(NobodyToMove):
            moved(newer)

    def test_is_what_is_done_or_nothing_is(self):
        price = a_price(amount_cents=3_000)
        a_subscription(price=price)
        form = MoveForm(raised(price, 3_500), date(2026, 10, 1))
        given = {"form": form, "at": noon("2026-09-03")}
        with pytest.raises(ReasonRequired):
            schedule_price_move(
                reason=" ", expected_after_cents=3_500, expected_count=1, **given
            )
        for cents, count in ((3_499, 1), (3_500, 2)):
            with pytest.raises(PreviewOutdated):
                schedule_price_move(
                    reason="x", expected_after_cents=cents, expected_count=count, **given
                )
        assert not MovedPrice.objects.exists()


class TestMove:
    def test_is_told_once_and_asked_for_from_the_first_renewal_after_the_notice(
        self, published
    ):
        subscription = bought(3_000, "2026-09-01")
        newer = raised(subscription.price, 3_500)
        shown, _ = moved(newer, first_on="2026-09-10")
        assert shown.first_effective_on == date(2026, 11, 1)
        assert price_to_come(subscription.id).after == Money(3_500)
        told = subscription_record(subscription.id)
        coming = {"amount_cents": 3_500, "effective_on": date(2026, 11, 1)}
        assert (told["amount_cents"], told["next_price"]) == (3_000, coming)
        [listed] = subscription_rows(Window(limit=10)).rows
        assert listed["next_price"] == coming

        assert [tell("2026-09-16"), tell("2026-09-17"), tell("2026-09-18")] == [0, 1, 0]
        [letter] = Message.objects.filter(template="price_change")
        assert letter.to == "renata@example.com"
        for day in ("2026-09-24", "2026-10-25", "2026-10-25", "2026-11-24"):
            bill(day)
        assert asked()[-3:] == [
            ("2026-10-01", 3_000),
            ("2026-11-01", 3_500),
            ("2026-12-01", 3_500),
        ]
        assert fresh(subscription).amount_cents == 3_000
        assert (settle("2026-11-01"), settle("2026-11-01")) == (1, 0)

        kept = fresh(subscription)
        assert (kept.price_id, kept.amount_cents) == (newer, 3_500)
        assert price_to_come(subscription.id) is None
        assert subscription_record(subscription.id)["next_price"] is None
        assert len([f for f in published if isinstance(f, SubscriptionPriceChanged)]) == 1
        assert not [f for f in published if isinstance(f, SubscriptionChanged)]
        assert MovedPrice.objects.get().status == "applied"

    def test_waits_a_period_more_for_who_was_told_too_late(self):
        subscription = bought(3_000, "2026-09-01")
        moved(raised(subscription.price, 3_500))
        tell("2026-10-03")  # 29 days before the first of November

        bill("2026-09-24")
        bill("2026-10-25")
        bill("2026-11-24")

        assert [cents for _, cents in asked()][-3:] == [3_000, 3_000, 3_500]

    def test_is_called_off_for_who_does_not_pay_it_yet_and_they_read_so(self):
        first = bought(3_000, "2026-09-01")
        second = a_subscription(
            price=first.price, paid_at=noon("2026-09-20"), domain="b.com.br"
        )
        _, move_id = moved(raised(first.price, 3_500), first_on="2026-11-01")
        tell("2026-09-18")
        bill("2026-09-24")
        bill("2026-10-25")

        assert cancel_price_move(move_id=move_id, at=noon("2026-10-26"))
        assert not cancel_price_move(move_id=move_id, at=noon("2026-10-26"))
        assert tell_of_canceled_moves(at=noon("2026-10-26")) == 1
        assert tell_of_canceled_moves(at=noon("2026-10-26")) == 0
        bill("2026-11-13")

        assert Message.objects.filter(template="price_change_canceled").count() == 1
        assert fresh(second).price_id == first.price_id
        periods = BilledPeriod.objects.filter(subscription_id=second.id).order_by("starts_on")
        assert periods.last().amount_cents == 3_000
        statuses = MovedPrice.objects.order_by("subscription_id").values_list(
            "status", flat=True
        )
        assert list(statuses) == ["applied", "withdrawn"]

    def test_gives_way_to_another_plan(self):
        own = bought(3_000, "2026-09-01")
        moved(raised(own.price, 3_500))
        tell("2026-09-18")
        bigger = a_price(amount_cents=9_000)
        pay(changed(own, bigger, "2026-09-20")[1], "2026-09-20")
        bill("2026-09-24")
        bill("2026-10-25")

        assert MovedPrice.objects.get().status == "left"
        assert asked()[-1] == ("2026-11-01", 9_000)

    def test_goes_with_other_options_that_begin_with_the_same_period(self):
        plan = a_plan()
        option = an_option(plan)
        price = a_price(plan=plan, amount_cents=3_000)
        extras = Extras(chosen=(Chosen(option.id, quantity=4),))
        own = a_subscription(price=price, paid_at=noon("2026-09-01"), extras=extras)
        newer = raised(price, 3_500)
        moved(newer)
        tell("2026-09-18")
        bill("2026-09-24")
        wanted = {"subscription_id": own.id, "wanted": [Chosen(option.id, quantity=1)]}
        change = change_items(**wanted, expected_cents=0, at=noon("2026-10-02"))
        assert change.effective_on == date(2026, 11, 1)
        bill("2026-10-25")
        assert asked()[-1] == ("2026-11-01", 3_500 + 990)
        settle("2026-11-01")

        kept = fresh(own)
        assert (kept.price_id, kept.amount_cents) == (newer, 4_490)
        [_, item] = items_of(own.id)
        assert (item.option_id, item.quantity) == (option.id, 1)

    def test_comes_back_when_its_renewal_is_taken_back(self):
        subscription = bought(3_000, "2026-09-01")
        moved(raised(subscription.price, 3_500))
        tell("2026-09-18")
        bill("2026-09-24")
        bill("2026-10-25")
        asked_for = Invoice.objects.order_by("-id").first()
        assert asked_for.total_cents == 3_500

        cancel_at_period_end(subscription_id=subscription.id, at=noon("2026-10-26"))
        asked_for.refresh_from_db()
        assert asked_for.status == "void"
        reactivate(subscription_id=subscription.id, at=noon("2026-10-27"))
        bill("2026-10-27")
        settle("2026-11-01")

        assert Invoice.objects.order_by("-id").first().total_cents == 3_500
        assert fresh(subscription).amount_cents == 3_500

    def test_is_found_by_the_clock_and_told_by_jobs(self):
        subscription = bought(3_000, "2026-09-01")
        moved(raised(subscription.price, 3_500))
        assert not look_for_work(at=noon("2026-09-16"))
        assert look_for_work(at=noon("2026-09-17"))
        run_jobs()
        assert Message.objects.filter(template="price_change").count() == 1
