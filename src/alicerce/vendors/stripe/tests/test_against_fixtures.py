"""The simulated objects have no field that Stripe's published fixtures lack, and the same kinds."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from alicerce.vendors.stripe.simulator.balance import PAID_OUT
from alicerce.vendors.stripe.simulator.post import FOR_CONNECTED

NAME = "stripe.fixtures3.2026-07-29.json"
FIXTURES = Path(__file__).parents[5].with_name("shared") / "reference/specs" / NAME
# Fields that only some requests show, and so no fixture does.
SHOWN_AT_TIMES = {"invoice": {"payments"}, "webhook_endpoint": {"secret"}}
REMEMBERED = {PAID_OUT, FOR_CONNECTED}
KINDS = [
    "balance_transaction",
    "checkout.session",
    "customer",
    "dispute",
    "event",
    "invoice",
    "payment_intent",
    "payout",
    "subscription",
    "webhook_endpoint",
]


def shown(thing):
    """As it is answered: without what only the simulator remembers of it."""
    return {name: value for name, value in thing.items() if name not in REMEMBERED}


@pytest.fixture(scope="module")
def fixtures():
    if not FIXTURES.exists():
        pytest.skip(f"{NAME} is not here")
    return json.loads(FIXTURES.read_text())["resources"]


@pytest.fixture
def ledger(account, open_session):
    account.provider.watch("http://127.0.0.1:9/", secret="whsec_x")
    account.provider.pay(open_session(key="1").id)
    account.provider.pay(open_session(key="2", mode="subscription").id)
    account.provider.balance.pay_out()
    [intent, *_] = account.provider.ledger.all("payment_intent")
    account.provider.disputes.open(intent["id"])
    return account.provider.ledger


@pytest.mark.parametrize("kind", KINDS)
def test_is_shaped_like_the_fixture(ledger, fixtures, kind):
    theirs = fixtures[kind]
    for ours in map(shown, ledger.all(kind)):
        assert ours.keys() - theirs.keys() <= SHOWN_AT_TIMES.get(kind, set())
        for name, value in ours.items():
            expected = theirs.get(name)
            if value is not None and expected is not None:
                assert type(value) is type(expected), name


def test_an_invoice_payment_too(ledger, fixtures):
    for invoice in ledger.all("invoice"):
        (payment,) = invoice["payments"]["data"]
        assert payment.keys() <= fixtures["invoice_payment"].keys()


def test_what_moves_for_a_dispute_too(ledger, fixtures):
    for dispute in ledger.all("dispute"):
        [move] = dispute["balance_transactions"]
        assert move.keys() <= fixtures["balance_transaction"].keys()


def test_a_subscription_item_too(ledger, fixtures):
    for subscription in ledger.all("subscription"):
        (item,) = subscription["items"]["data"]
        (theirs,) = fixtures["subscription"]["items"]["data"]
        assert item.keys() <= theirs.keys()
        assert item["price"].keys() <= theirs["price"].keys()
        month = timedelta(seconds=item["current_period_end"] - item["current_period_start"])
        assert month >= timedelta(days=28)
