"""A running Stripe, and a receiver of its webhooks."""

from dataclasses import dataclass

import pytest

from alicerce.kernel.money import Money
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.simulator import StripeProvider, stripe_app
from alicerce.vendors.stripe.tests.receiver import Receiver

KEY = "sk_test_alicerce"
SECRET = "whsec_dos_testes"
MARKS = {"tenant": "t1", "invoice": "i1"}


@dataclass(frozen=True)
class Account:
    url: str
    provider: StripeProvider
    faults: Faults


@pytest.fixture
def account():
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key=KEY)
    with running(app) as url:
        yield Account(url, app.state.provider, faults)
    app.state.provider.close()


@pytest.fixture
def client(account):
    with StripeClient(KEY, base_url=account.url, timeout=2) as client:
        yield client


@pytest.fixture
def open_session(client):
    def make(key="i1:1", cents=3700, mode="payment", **changes):
        return client.create_checkout_session(
            mode=mode,
            amount=Money(cents),
            product_name="Hospedagem Essencial",
            customer_email="maria@padaria.com.br",
            success_url="https://loja.example/volta?sessao={CHECKOUT_SESSION_ID}",
            cancel_url="https://loja.example/fatura",
            metadata=MARKS,
            idempotency_key=key,
            **({"interval": "month"} if mode == "subscription" else {}),
            **changes,
        )

    return make


@pytest.fixture
def receiver():
    with Receiver().listening() as receiver:
        yield receiver
