"""Where an independent double of Stripe does the same as ours, our client reads both alike.

ALICERCE_LOCALSTRIPE names its command, in an environment of its own; this one is looked at otherwise.
"""

import importlib.util
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import stripe

from alicerce.kernel.http import Refusal
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.signatures import verify
from alicerce.vendors.stripe.tests.conftest import KEY, MARKS, SECRET
from alicerce.vendors.stripe.wire import read_event

COMMAND = os.environ.get("ALICERCE_LOCALSTRIPE")

pytestmark = pytest.mark.skipif(
    not COMMAND and importlib.util.find_spec("localstripe") is None,
    reason="localstripe is not installed; ALICERCE_LOCALSTRIPE may name its command",
)
# A link is not followed: what it leads to knows nothing of the environment it lies in.
PYTHON = str(Path(COMMAND).with_name("python")) if COMMAND else sys.executable
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# Its own command listens on every interface.
SERVE = """
import socket
from aiohttp import web
from localstripe.server import app
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
web.run_app(app, sock=listening, print=None)
"""


@pytest.fixture(scope="module")
def localstripe():
    process = subprocess.Popen([PYTHON, "-c", SERVE], stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def ours(localstripe):
    with StripeClient(KEY, base_url=localstripe, timeout=5) as client:
        yield client


@pytest.fixture
def theirs(localstripe):
    return stripe.StripeClient(KEY, base_addresses={"api": localstripe}).v1


@pytest.fixture
def paid(theirs):
    params = {
        "amount": 3700,
        "currency": "brl",
        "confirm": True,
        "payment_method": "pm_card_visa",
        "metadata": MARKS,
    }
    return theirs.payment_intents.create(params).to_dict()


def test_payments_agree_where_both_speak(account, open_session, paid):
    session = account.provider.pay(open_session().id)
    made = account.provider.ledger.get("payment_intent", session["payment_intent"])

    # It always expands the charge; Stripe does when asked.
    for name in made.keys() & paid.keys() - {"latest_charge"}:
        if made[name] is not None and paid[name] is not None:
            assert type(made[name]) is type(paid[name]), name
    for name in ("object", "status", "amount", "currency", "metadata"):
        assert made[name] == paid[name]


def test_lists_its_events(ours, paid):
    hints = list(ours.list_events(created_gte=LONG_AGO))

    assert paid["id"] in {hint.object_id for hint in hints}


def test_an_absent_payment_is_refused_alike(ours):
    with pytest.raises(Refusal) as refused:
        ours.get_payment_intent("pi_nada")
    assert refused.value.status == 404


def test_verifies_its_webhooks(localstripe, receiver, theirs):
    hook = {"url": receiver.url, "secret": SECRET, "events": ["customer.created"]}
    httpx.post(
        f"{localstripe}/_config/webhooks/ours", json=hook, trust_env=False
    ).raise_for_status()
    customer = theirs.customers.create({"email": "maria@padaria.com.br"})

    raw, signature = receiver.next()
    hint = read_event(verify(raw, signature, [SECRET], datetime.now(UTC)))
    assert (hint.type, hint.object_id) == ("customer.created", customer.id)
