"""What subscriptions bring each month: every change once, and any day's sum from its rows."""

from datetime import date, timedelta

from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import Discount, Movement, Subscription
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.subscriptions.tests.factories import NOON, a_subscription
from alicerce.apps.subscriptions.types import EndCause, NewDiscount, Scope, SuspendCause
from alicerce.apps.subscriptions.types.revenue import Base
from alicerce.kernel.testing import run_jobs

SOLD = date(2026, 9, 1)


def kinds():
    return [(row.kind, row.delta_cents) for row in Movement.objects.order_by("on", "number")]


class TestMovements:
    def test_follow_a_customer_from_the_first_cent_to_the_last(self, tenant):
        bought = a_subscription()
        for _ in range(2):
            record_movements(at=NOON)
        subscriptions.suspend(
            subscription_id=bought.id,
            scope=Scope.ALL,
            cause=SuspendCause.UNPAID,
            at=NOON + timedelta(days=40),
        )
        record_movements(at=NOON + timedelta(days=40))
        subscriptions.resume(
            subscription_id=bought.id, at=NOON + timedelta(days=50), cause=SuspendCause.UNPAID
        )
        Discount.promise(Subscription.objects.get(), NewDiscount("Cupom", 1_000, None, None))
        record_movements(at=NOON + timedelta(days=50))
        Discount.objects.all().delete()
        record_movements(at=NOON + timedelta(days=51), customer_id=bought.customer_id)
        subscriptions.end(
            subscription_id=bought.id, cause=EndCause.STAFF, at=NOON + timedelta(days=60)
        )
        record_movements(at=NOON + timedelta(days=70))

        assert kinds() == [
            ("new", 2990),
            ("churn", -2990),
            ("reactivation", 2691),
            ("expansion", 299),
            ("churn", -2990),
        ]
        assert Movement.objects.order_by("-number").first().on == SOLD + timedelta(days=60)
        assert subscriptions.brought(SOLD, currency="BRL") == Base(1, 2990)
        assert subscriptions.brought(SOLD - timedelta(days=1), currency="BRL") == Base(0, 0)
        assert subscriptions.brought(SOLD + timedelta(days=50), currency="BRL") == Base(1, 2691)
        gone = subscriptions.lost_customers(SOLD, SOLD + timedelta(days=90), currency="BRL")
        assert [(one, money.cents) for one, money in gone] == [(bought.customer_id, 2990)]

    def test_of_a_longer_cycle_are_its_price_by_the_month(self, tenant):
        a_subscription(priced={"cycle": "annual", "amount_cents": 10_000})

        record_movements(at=NOON)

        assert kinds() == [("new", 833)]

    def test_are_written_by_the_facts(self, tenant):
        a_subscription()

        run_jobs()

        assert kinds() == [("new", 2990)]
