"""A subscription and its order: opened, started, dropped."""

from datetime import UTC, date, datetime

from alicerce.apps.customers.ports import live_things
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import CancelCause
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.events import SubscriptionStarted
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.services.follow_order import open_subscriptions
from alicerce.apps.subscriptions.tests.factories import (
    NOON,
    a_pending_subscription,
    a_subscription,
    pay_for,
)
from alicerce.kernel.testing import run_jobs


class TestOrder:
    def test_opens_and_starts_its_subscription_by_the_jobs(self, tenant, published):
        order = an_order()
        run_jobs()
        assert Subscription.objects.get().status == "pending"

        subscription = pay_for(Subscription.objects.get())
        run_jobs()

        assert subscription.status == "active"
        assert len([f for f in published if isinstance(f, SubscriptionStarted)]) == 1
        assert subscriptions.subscription_of_line(order.lines[0].id).id == subscription.id

    def test_that_is_told_twice_opens_once(self, tenant):
        subscription = a_pending_subscription()

        assert open_subscriptions(order_id=subscription.order_id, at=NOON) == 0

    def test_that_is_canceled_takes_its_subscription_along(self, tenant):
        subscription = a_pending_subscription()

        orders.cancel_order(order_id=subscription.order_id, cause=CancelCause.STAFF, at=NOON)
        run_jobs()

        assert subscriptions.subscription(subscription.id).status == "ended"

    def test_keeps_its_customer_from_being_closed(self, tenant):
        subscription = a_subscription()

        assert live_things["subscriptions"](subscription.customer_id) == 1


class TestFirstPeriod:
    def test_begins_on_the_day_of_the_payment_where_the_company_is(self, tenant):
        late = datetime(2026, 9, 2, 2, 30, tzinfo=UTC)  # the first, in São Paulo

        a_subscription(paid_at=late)

        period = BilledPeriod.objects.get()
        assert (period.starts_on, period.ends_on) == (date(2026, 9, 1), date(2026, 10, 1))
