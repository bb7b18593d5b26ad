"""The official SDK against the simulated Stripe, through our client."""

from datetime import UTC, datetime, timedelta

import pytest

from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.simulator import NotPayable
from alicerce.vendors.stripe.tests.conftest import KEY, MARKS

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class TestSession:
    def test_is_open_unpaid_and_marked(self, open_session, account):
        session = open_session()

        assert (session.status, session.payment_status) == ("open", "unpaid")
        assert session.amount == Money(3700)
        assert session.metadata == MARKS
        assert session.url == f"{account.url}/pay/{session.id}"

    def test_paid_it_leads_to_a_marked_payment(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id)

        paid = client.get_session(session.id)
        intent = client.get_payment_intent(paid.payment_intent)
        assert (paid.status, paid.payment_status) == ("complete", "paid")
        assert (intent.status, intent.received, intent.metadata) == (
            "succeeded",
            Money(3700),
            MARKS,
        )

    def test_paid_with_another_amount_it_says_so(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id, Money(1))

        assert client.get_session(session.id).amount == Money(1)

    def test_a_subscription_leads_to_a_marked_invoice(self, open_session, account, client):
        session = open_session(mode="subscription")
        account.provider.pay(session.id)

        paid = client.get_session(session.id)
        invoice = client.get_invoice(paid.invoice)
        assert paid.payment_intent is None
        assert (invoice.status, invoice.paid, invoice.subscription) == (
            "paid",
            Money(3700),
            paid.subscription,
        )
        assert invoice.metadata == MARKS
        assert client.get_payment_intent(invoice.payment_intent).status == "succeeded"

    def test_a_subscription_renews(self, open_session, account, client):
        session = open_session(mode="subscription")
        account.provider.pay(session.id)
        renewed = account.provider.renew(client.get_session(session.id).subscription)

        invoice = client.get_invoice(renewed["id"])
        assert invoice.billing_reason == "subscription_cycle"
        assert (invoice.paid, invoice.metadata) == (Money(3700), MARKS)

    def test_expired_nobody_pays_there(self, open_session, account, client):
        session = open_session()

        assert client.expire_session(session.id).status == "expired"
        with pytest.raises(NotPayable):
            account.provider.pay(session.id)

    def test_paid_it_cannot_expire(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id)

        with pytest.raises(StripeRefusal):
            client.expire_session(session.id)

    def test_expires_by_itself(self, open_session, account, client):
        session = open_session(expires_at=datetime.now(UTC) + timedelta(minutes=31))
        account.provider.clock = lambda: session.expires_at

        assert client.get_session(session.id).status == "expired"

    def test_money_that_comes_later(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id, async_=True)
        waiting = client.get_session(session.id)
        account.provider.settle(session.id)

        assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
        assert client.get_session(session.id).payment_status == "paid"

    def test_money_that_never_comes(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id, async_=True)
        account.provider.settle(session.id, succeeded=False)

        hints = client.list_events(created_gte=LONG_AGO)
        assert client.get_session(session.id).payment_status == "unpaid"
        assert "checkout.session.async_payment_failed" in {h.type for h in hints}

    def test_an_interval_and_the_mode_agree(self, client, open_session):
        with pytest.raises(ValueError, match="interval"):
            open_session(interval="month")


class TestIdempotency:
    def test_the_same_key_gives_the_same_session(self, open_session, account):
        assert open_session().id == open_session().id
        assert len(account.provider.sessions()) == 1

    def test_the_same_key_for_something_else_is_refused(self, open_session):
        open_session()

        with pytest.raises(StripeRefusal, match="IdempotencyError"):
            open_session(cents=3800)

    def test_settles_an_unknown_outcome(self, open_session, account):
        account.faults.arm("execute_then_drop", match="create_session")
        with pytest.raises(Unknown):
            open_session()

        assert open_session().id == account.provider.sessions()[0]["id"]
        assert len(account.provider.sessions()) == 1

    def test_a_refused_request_does_not_use_up_its_key(self, open_session):
        with pytest.raises(StripeRefusal, match="unit_amount"):
            open_session(cents=1)

        assert open_session().status == "open"


class TestLists:
    def test_sessions_newest_first_over_pages(self, open_session, client):
        made = [open_session(key=f"k{i}").id for i in range(103)]

        assert [s.id for s in client.list_sessions(created_gte=LONG_AGO)] == made[::-1]

    def test_events_of_the_types_asked_for(self, open_session, account, client):
        session = open_session()
        account.provider.pay(session.id)

        (hint,) = client.list_events(created_gte=LONG_AGO, types=["checkout.session.completed"])
        assert (hint.object_id, hint.metadata) == (session.id, MARKS)
        assert len(list(client.list_events(created_gte=LONG_AGO))) == 2

    def test_nothing_before_its_time(self, open_session, client):
        open_session()

        assert (
            list(client.list_sessions(created_gte=datetime.now(UTC) + timedelta(hours=1))) == []
        )


class TestOutcomes:
    def test_the_wrong_key_is_refused(self, account):
        client = StripeClient("sk_test_outra", base_url=account.url)
        with client, pytest.raises(StripeRefusal) as refused:
            client.get_session("cs_test_x")
        assert refused.value.status == 401

    def test_absent_is_refused_by_its_code(self, client):
        with pytest.raises(Refusal) as refused:
            client.get_session("cs_test_nada")
        assert refused.value.code == "resource_missing"

    def test_a_500_is_unknown(self, client, account):
        account.faults.arm("500", match="stripe.")

        with pytest.raises(Unknown):
            client.get_session("cs_test_x")

    def test_too_many_requests_is_unavailable(self, open_session, account):
        account.faults.arm("429", match="create_session")

        with pytest.raises(Unavailable):
            open_session()
        assert account.provider.sessions() == []

    def test_a_hanging_answer_is_unknown(self, open_session, account):
        session = open_session()
        account.faults.arm("execute_then_hang", match="expire_session")

        hasty = StripeClient(KEY, base_url=account.url, timeout=0.3)
        with hasty, pytest.raises(Unknown):
            hasty.expire_session(session.id)
        assert account.provider.session(session.id)["status"] == "expired"

    def test_nobody_there_is_unavailable(self):
        client = StripeClient(KEY, base_url="http://127.0.0.1:9")
        with client, pytest.raises(Unavailable):
            client.get_session("cs_test_x")

    def test_a_failure_within_a_list_is_unknown(self, client, account):
        account.faults.arm("500", match="list_events")

        with pytest.raises(Unknown):
            list(client.list_events(created_gte=LONG_AGO))
