"""Cards kept at the simulated Stripe and charged through our client, as the real one would have it."""

from datetime import UTC, datetime

import pytest

from alicerce.kernel.http import Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.tests.conftest import MARKS

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def customer(client):
    return client.create_customer(
        name="Renata", email="renata@example.com", metadata=MARKS, idempotency_key="r"
    )


@pytest.fixture
def card(account, customer):
    return account.provider.vault.keep(customer)["id"]


@pytest.fixture
def charge(client, customer, card):
    def make(key="c1", cents=4990):
        return client.charge_card(
            customer=customer,
            card=card,
            amount=Money(cents),
            description="Fatura",
            metadata=MARKS,
            idempotency_key=key,
        )

    return make


def test_a_card_typed_on_the_page_is_kept(client, account, customer):
    page = client.create_setup_session(
        customer=customer,
        success_url="https://loja.example/volta",
        cancel_url="https://loja.example/volta",
        metadata=MARKS,
        idempotency_key="s",
    )
    assert (page.mode, page.amount, page.customer) == ("setup", None, customer)

    account.provider.pay(page.id, number="5555555555554444")

    [card] = client.list_cards(customer)
    assert (card.brand, card.last4) == ("mastercard", "4444")
    assert client.get_session(page.id).status == "complete"
    client.detach_card(card.id)
    assert list(client.list_cards(customer)) == []
    with pytest.raises(StripeRefusal):
        client.detach_card(card.id)


def test_the_same_key_charges_once_and_another_again(client, customer, charge):
    first, again, second = charge(), charge(), charge(key="c2")

    assert (first.status, first.received, first.metadata) == ("succeeded", Money(4990), MARKS)
    assert first.id == again.id != second.id
    listed = [each.id for each in client.list_payment_intents(customer=customer)]
    assert listed == [second.id, first.id]
    with pytest.raises(StripeRefusal):
        client.cancel_payment_intent(first.id)


def test_a_decline_names_its_intent_and_is_repeated_under_its_key(
    account, client, card, charge
):
    account.provider.vault.spoil(card, "do_not_honor", advice="try_again_later")
    declines = []
    for _ in range(2):
        with pytest.raises(StripeRefusal) as refused:
            charge()
        declines.append(refused.value.payment_intent)

    [intent] = set(declines)
    assert client.get_payment_intent(intent).decline == "do_not_honor:try_again_later"
    assert client.cancel_payment_intent(intent).status == "canceled"


def test_a_lost_answer_is_unknown_and_was_done(account, client, customer, charge):
    account.faults.arm("execute_then_drop", match="stripe.charge_card")

    with pytest.raises(Unknown):
        charge()

    assert [one.status for one in client.list_payment_intents(customer=customer)] == [
        "succeeded"
    ]


def test_events_tell_whose_card_it_is_also_when_it_is_gone(account, client, customer, card):
    client.detach_card(card)

    hints = list(client.list_events(created_gte=LONG_AGO, types=["payment_method.detached"]))
    assert [hint.customer for hint in hints] == [customer]


def test_the_portal_is_shown_to_a_customer_only(client, customer):
    url = client.create_portal_session(customer=customer, return_url="https://loja.example/")
    assert customer in url
    with pytest.raises(StripeRefusal):
        client.create_portal_session(customer="cus_x", return_url="https://loja.example/")
