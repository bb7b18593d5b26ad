"""The doors through which others suspend, resume and end."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing.types import Period
from alicerce.apps.orders import public as orders
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.events import (
    SubscriptionEnded,
    SubscriptionResumed,
    SubscriptionSuspended,
)
from alicerce.apps.subscriptions.models import BilledPeriod, Schedule, Subscription
from alicerce.apps.subscriptions.tests.factories import (
    NOON,
    a_pending_subscription,
    a_subscription,
)
from alicerce.apps.subscriptions.types import (
    EndCause,
    Scope,
    SubscriptionStatus,
    SuspendCause,
)
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


def said(published, kind):
    return [fact for fact in published if isinstance(fact, kind)]


def suspend(subscription, scope=Scope.WEB, cause=SuspendCause.UNPAID):
    return subscriptions.suspend(
        subscription_id=subscription.id, scope=scope, cause=cause, at=NOON
    )


class TestSuspend:
    def test_stops_billing_and_says_so_once(self, tenant, published):
        subscription = a_subscription()

        assert (suspend(subscription), suspend(subscription)) == (True, False)

        (fact,) = said(published, SubscriptionSuspended)
        assert (fact.line_id, fact.scope, fact.cause) == (subscription.line_id, "web", "unpaid")
        assert subscriptions.subscription(subscription.id).next_bill_on is None
        assert Schedule.objects.get().next_bill_on is None

    def test_goes_from_the_web_to_everything(self, tenant, published):
        subscription = a_subscription()

        assert suspend(subscription)
        assert suspend(subscription, Scope.ALL)

        scopes = [fact.scope for fact in said(published, SubscriptionSuspended)]
        assert scopes == ["web", "all"]

    def test_leaves_a_suspension_that_somebody_decided(self, tenant):
        subscription = a_subscription()
        suspend(subscription, Scope.ALL, SuspendCause.ABUSE)

        assert not suspend(subscription)
        assert subscriptions.subscription(subscription.id).cause == "abuse"

    @pytest.mark.parametrize("state", ["pending", "ended"])
    def test_changes_nothing_about_what_does_not_run(self, tenant, state):
        subscription = a_pending_subscription()
        if state == "ended":
            subscriptions.end(
                subscription_id=subscription.id, cause=EndCause.ORDER_CANCELED, at=NOON
            )

        assert not suspend(subscription)


class TestResume:
    def test_bills_again_and_says_so_once(self, tenant, published):
        subscription = a_subscription()
        suspend(subscription)

        again = [
            subscriptions.resume(subscription_id=subscription.id, at=NOON) for _ in range(2)
        ]

        assert again == [True, False]
        assert len(said(published, SubscriptionResumed)) == 1
        card = subscriptions.subscription(subscription.id)
        assert (card.status, card.scope, card.cause) == (SubscriptionStatus.ACTIVE, "", "")
        assert card.next_bill_on == date(2026, 9, 24)

    def test_bills_no_day_that_it_stood_still(self, tenant):
        subscription = a_subscription()
        suspend(subscription)

        subscriptions.resume(subscription_id=subscription.id, at=NOON + timedelta(days=45))

        card = subscriptions.subscription(subscription.id)
        assert card.period == Period(date(2026, 9, 1), date(2026, 10, 1))
        assert card.next_bill_on == date(2026, 10, 9)

    def test_of_another_cause_changes_nothing(self, tenant):
        subscription = a_subscription()
        suspend(subscription, Scope.ALL, SuspendCause.ABUSE)

        assert not subscriptions.resume(
            subscription_id=subscription.id, cause=SuspendCause.UNPAID, at=NOON
        )


class TestEnd:
    def test_ends_once_and_for_good(self, tenant, published):
        subscription = a_subscription()

        ended = [
            subscriptions.end(subscription_id=subscription.id, cause=EndCause.UNPAID, at=NOON)
            for _ in range(2)
        ]

        assert ended == [True, False]
        (fact,) = said(published, SubscriptionEnded)
        assert fact.cause == "unpaid"
        assert not suspend(subscription)
        assert not subscriptions.resume(subscription_id=subscription.id, at=NOON)


class TestFallBehind:
    def test_is_delivered_and_billed_until_it_catches_up(self, tenant):
        subscription = a_subscription()

        assert subscriptions.fall_behind(subscription_id=subscription.id, at=NOON)
        assert not subscriptions.fall_behind(subscription_id=subscription.id, at=NOON)
        card = subscriptions.subscription(subscription.id)
        assert (card.status, card.next_bill_on) == ("past_due", date(2026, 9, 24))
        assert subscriptions.catch_up(subscription_id=subscription.id, at=NOON)


class TestCards:
    def test_are_found_by_line_and_by_invoice(self, tenant):
        subscription = a_subscription()
        card = subscriptions.subscription_of_line(subscription.line_id)

        assert card.id == subscription.id
        assert card.amount == Money(2990)
        assert card.period == Period(date(2026, 9, 1), date(2026, 10, 1))
        invoice_id = BilledPeriod.objects.get().invoice_id
        assert subscriptions.subscriptions_of_invoice(invoice_id) == (card,)

    def test_of_nobody_are_refused(self, tenant):
        with pytest.raises(NoSuchSubscription):
            subscriptions.subscription(uuid7())

    def test_of_another_tenant_do_not_exist(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_subscription()

        with pytest.raises(NoSuchSubscription):
            subscriptions.subscription(theirs.id)
        with pytest.raises(NoSuchSubscription):
            suspend(theirs)


class TestOrder:
    def test_opens_one_for_each_line_that_renews_however_often_it_is_told(self, tenant):
        subscription = a_pending_subscription()

        assert subscription.status == SubscriptionStatus.PENDING
        assert subscription.amount == Money(2990)
        assert [item.unit_cents for item in subscription.items()] == [2990]
        assert orders.line(subscription.line_id).order_id == subscription.order_id

    def test_opens_none_for_what_is_bought_once(self, tenant):
        with pytest.raises(Subscription.DoesNotExist):
            a_pending_subscription(priced={"cycle": "one_off"})
