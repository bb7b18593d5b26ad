"""Accounts under a platform's: made once, opened by their owners, and strangers to each other."""

import json

import httpx
import pytest

from alicerce.kernel.clock import now
from alicerce.kernel.http import Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.connect import Behalf
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.signatures import verify
from alicerce.vendors.stripe.tests.conftest import KEY, MARKS, SECRET

BACK, AGAIN = "https://loja.example/volta", "https://loja.example/de-novo"


def create(client, key="m1"):
    return client.create_account(
        country="BR", email="dona@loja.com.br", metadata={"merchant": key}, idempotency_key=key
    )


@pytest.fixture
def behalf(account):
    opened = []

    def of(name, **terms):
        terms = Behalf(name, **terms)
        opened.append(StripeClient(KEY, base_url=account.url, timeout=2, behalf=terms))
        return opened[-1]

    yield of
    for one in opened:
        one.close()


def pay(account, client, name, cents=10_000):
    session = client.create_checkout_session(
        mode="payment",
        amount=Money(cents),
        product_name="Hospedagem",
        customer_email="maria@padaria.com.br",
        success_url=BACK,
        cancel_url=AGAIN,
        metadata=MARKS,
        idempotency_key="i1:1",
    )
    return account.provider.accounts.branch(name).pay(session.id)


class TestAccount:
    def test_is_made_once_even_when_the_first_answer_is_lost(self, account, client):
        account.faults.arm("execute_then_drop", match="create_account")
        with pytest.raises(Unknown):
            create(client)
        made = create(client)
        every = list(client.list_accounts(created_gte=now().replace(year=2020)))
        assert [one.id for one in every] == [made.id]
        assert every[0].metadata == {"merchant": "m1"}
        assert not made.charges_enabled
        assert "external_account" in made.due

    def test_is_opened_by_its_owner_on_a_page_that_opens_once(self, account, client):
        made = create(client)
        link = client.create_account_link(made.id, refresh_url=AGAIN, return_url=BACK)
        assert "external_account" in httpx.get(link.url).text
        assert httpx.get(link.url).headers["location"] == AGAIN
        assert httpx.post(link.url).headers["location"] == BACK
        found = client.get_account(made.id)
        assert found.charges_enabled
        assert found.due == ()

    def test_is_nobodys_once_its_owner_takes_our_access_away(self, account, client, behalf):
        made = create(client)
        account.provider.accounts.deauthorize(made.id)
        with pytest.raises(StripeRefusal) as refused:
            behalf(made.id).get_account(made.id)
        assert (refused.value.status, refused.value.code) == (403, "account_invalid")


class TestDirectCharge:
    def test_is_seen_by_its_own_account_only(self, account, client, behalf):
        one, other = create(client, "m1").id, create(client, "m2").id
        paid = pay(account, behalf(one), one)
        assert behalf(one).get_session(paid["id"]).payment_status == "paid"
        for stranger in (client, behalf(other)):
            with pytest.raises(StripeRefusal) as refused:
                stranger.get_session(paid["id"])
            assert refused.value.status == 404

    @pytest.mark.parametrize(("gives_back", "left"), [(True, 101), (False, 151)])
    def test_leaves_the_platform_its_fee(self, account, client, behalf, gives_back, left):
        made = create(client).id
        own = behalf(made, fee_basis_points=151, gives_fee_back=gives_back)
        paid = pay(account, own, made)
        own.create_refund(
            payment_intent=paid["payment_intent"],
            amount=Money(3333),
            metadata={},
            idempotency_key="r1",
        )
        (refunded, charged), _more = own.balance_page()
        assert charged.fee == 399 + 39 + 151
        assert refunded.fee == left - 151
        collected, _more = client.balance_page()
        assert sum(one.net for one in collected) == left

    def test_rounds_the_fee_down(self):
        assert Behalf("a", fee_basis_points=199).fee_of(Money(4999)) == 99
        assert Behalf("a", fee_basis_points=205).on_subscription(Money(4999)) == {
            "application_fee_percent": "2.05"
        }

    def test_adds_what_is_fixed_and_stays_within_the_most(self):
        terms = Behalf("a", 199, fee_fixed_cents=50, fee_most_basis_points=3_000)
        assert terms.fee_of(Money(4999)) == 99 + 50
        assert terms.fee_of(Money(100)) == 30
        assert terms.fee_of(Money(4999, "USD")) == 99
        assert terms.on_subscription(Money(4999)) == {"application_fee_percent": "2.98"}


class TestEvents:
    def test_name_their_account_and_go_to_the_endpoint_for_them(
        self, account, client, receiver
    ):
        secret = client.watch(receiver.url, events=["*"], idempotency_key="h", connect=True)
        client.create_customer(name="Ana", email="a@b.com", metadata={}, idempotency_key="c")
        made = create(client).id
        account.provider.accounts.tell(made, due=("individual.id_number",), reason="listed")
        raw, signature = receiver.next()
        event = verify(raw, signature, [secret], now())
        assert (event["type"], event["account"]) == ("account.updated", made)
        assert json.loads(raw)["livemode"] is False
        assert secret != SECRET
        assert receiver.is_idle
