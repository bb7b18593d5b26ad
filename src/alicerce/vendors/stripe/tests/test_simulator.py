"""The simulated Stripe is as strict as the real one, and its webhooks as unreliable."""

import httpx
import pytest
import stripe

from alicerce.kernel.clock import now
from alicerce.vendors.stripe.signatures import verify
from alicerce.vendors.stripe.simulator.forms import decode
from alicerce.vendors.stripe.simulator.objects import API_VERSION
from alicerce.vendors.stripe.simulator.problems import Problem
from alicerce.vendors.stripe.tests.conftest import KEY, SECRET
from alicerce.vendors.stripe.wire import read_event

SESSION = {
    "mode": "payment",
    "line_items[0][price_data][currency]": "brl",
    "line_items[0][price_data][unit_amount]": "3700",
    "line_items[0][price_data][product_data][name]": "Plano",
    "line_items[0][quantity]": "2",
    "success_url": "https://loja.example/ok",
}
COMPLETED = "checkout.session.completed"


@pytest.fixture
def http(account):
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=account.url, headers=headers, trust_env=False) as http:
        yield http


@pytest.fixture
def watched(account, receiver):
    """Our door, open for completed sessions only."""
    params = {"url": receiver.url, "enabled_events": [COMPLETED]}
    account.provider.register(params, secret=SECRET)
    return receiver


def event_of(call):
    raw, signature = call
    return read_event(verify(raw, signature, [SECRET], now()))


def test_speaks_the_version_of_the_sdk():
    assert stripe.api_version == API_VERSION


class TestForms:
    def test_nests(self):
        raw = "a[0][b][c]=1&a[1][b][c]=2&d[]=x&d[]=y&e=%C3%A3&metadata[0]=z"

        assert decode(raw) == {
            "a": [{"b": {"c": "1"}}, {"b": {"c": "2"}}],
            "d": ["x", "y"],
            "e": "ã",
            "metadata": ["z"],
        }

    @pytest.mark.parametrize(
        "raw", ["a=1&a[b]=2", "a[b]=1&a=2", "a=1&a=2", "a[b=1", "[a]=1", "=1"]
    )
    def test_refuses_what_contradicts_itself(self, raw):
        with pytest.raises(Problem):
            decode(raw)


class TestStrictness:
    @pytest.mark.parametrize(
        ("changes", "param"),
        [
            ({"mode": "gift"}, "mode"),
            ({"surprise": "1"}, "surprise"),
            ({"success_url": "javascript:alert(1)"}, "success_url"),
            ({"line_items[0][price_data][currency]": "xyz"}, "currency"),
            ({"line_items[0][price_data][unit_amount]": "-5"}, "unit_amount"),
            ({"line_items[0][price_data][unit_amount]": "37.5"}, "unit_amount"),
            ({"line_items[0][price_data][recurring][interval]": "month"}, "recurring"),
            ({"line_items[0][quantity]": "0"}, "quantity"),
            ({"subscription_data[metadata][a]": "1"}, "subscription_data"),
            ({"expires_at": "1"}, "expires_at"),
            ({"metadata[a]": "x" * 501}, "metadata"),
            ({"customer_email": "maria"}, "customer_email"),
            ({"locale": "tlh"}, "locale"),
        ],
    )
    def test_names_the_wrong_parameter(self, http, changes, param):
        refused = http.post("/v1/checkout/sessions", data=SESSION | changes)

        assert refused.status_code == 400
        assert param in refused.json()["error"]["param"]

    @pytest.mark.parametrize("absent", ["mode", "success_url", "line_items[0][quantity]"])
    def test_names_the_missing_parameter(self, http, absent):
        data = {name: value for name, value in SESSION.items() if name != absent}

        error = http.post("/v1/checkout/sessions", data=data).json()["error"]
        assert (error["code"], error["param"]) == ("parameter_missing", absent)

    def test_adds_up(self, http):
        assert http.post("/v1/checkout/sessions", data=SESSION).json()["amount_total"] == 7400

    def test_replays_say_so(self, http):
        headers = {"Idempotency-Key": "k"}
        for _ in range(2):
            answer = http.post("/v1/checkout/sessions", data=SESSION, headers=headers)

        assert answer.headers["Idempotent-Replayed"] == "true"
        assert answer.headers["Request-Id"].startswith("req_")

    def test_no_key_no_service(self, account):
        assert httpx.get(f"{account.url}/v1/events", trust_env=False).status_code == 401


class TestHostedPage:
    def test_pays_and_goes_back(self, open_session, account, client):
        session = open_session()
        with httpx.Client(trust_env=False) as browser:
            page = browser.get(session.url)
            back = browser.post(session.url)

        assert "Hospedagem Essencial" in page.text
        assert "R$\N{NO-BREAK SPACE}37,00" in page.text
        assert "Pagar" in page.text
        assert back.status_code == 303
        assert back.headers["location"] == f"https://loja.example/volta?sessao={session.id}"
        assert client.get_session(session.id).payment_status == "paid"

    def test_is_closed_once_paid(self, open_session, account):
        session = open_session()
        account.provider.pay(session.id)

        assert httpx.get(session.url, trust_env=False).status_code == 410
        assert httpx.post(session.url, trust_env=False).status_code == 410

    def test_is_not_there_for_strangers(self, account):
        assert httpx.get(f"{account.url}/pay/cs_test_x", trust_env=False).status_code == 404


class TestWebhooks:
    def test_an_endpoint_registered_by_the_api_gets_signed_events(
        self, account, receiver, open_session
    ):
        api = stripe.StripeClient(KEY, base_addresses={"api": account.url}).v1
        params = {"url": receiver.url, "enabled_events": ["*"]}
        endpoint = api.webhook_endpoints.create(params)
        account.provider.pay(open_session().id)

        calls = [receiver.next(), receiver.next()]
        events = [stripe.Webhook.construct_event(*call, endpoint.secret) for call in calls]
        assert {event.type for event in events} == {"payment_intent.succeeded", COMPLETED}
        (listed,) = api.webhook_endpoints.list().data
        assert "secret" not in listed.to_dict()

    def test_only_the_types_asked_for_come(self, watched, account, open_session):
        session = open_session()
        account.provider.pay(session.id)

        assert event_of(watched.next()).object_id == session.id
        assert watched.is_idle

    def test_may_come_twice_with_one_id(self, watched, account, open_session):
        account.faults.arm("duplicate", match="stripe.webhook")
        account.provider.pay(open_session().id)

        assert event_of(watched.next()).id == event_of(watched.next()).id

    def test_may_never_come_and_can_be_sent_again(self, watched, account, open_session, client):
        account.faults.arm("drop", match="stripe.webhook")
        session = open_session()
        account.provider.pay(session.id)
        assert watched.is_idle

        (lost,) = client.list_events(created_gte=session.created, types=[COMPLETED])
        account.provider.resend(lost.id)
        assert event_of(watched.next()) == lost

    def test_may_be_overtaken(self, watched, account, open_session):
        account.faults.arm("reorder", match="stripe.webhook")
        first, second = open_session(key="1"), open_session(key="2")
        account.provider.pay(first.id)
        account.provider.pay(second.id)

        assert [event_of(watched.next()).object_id for _ in range(2)] == [second.id, first.id]

    def test_comes_again_until_it_is_taken(self, watched, account, open_session):
        watched.refusals = 1
        account.provider.pay(open_session().id)

        assert event_of(watched.next()).type == COMPLETED
