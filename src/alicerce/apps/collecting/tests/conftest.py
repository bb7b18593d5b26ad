"""A Stripe over real HTTP, an account of the company there, and a list instead of a mailer."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from alicerce.apps.billing.adapters.stripe import StripeGateway
from alicerce.apps.billing.models import GatewayAccount
from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.adapters.stripe import StripeVault
from alicerce.apps.collecting.models import Payer
from alicerce.apps.collecting.ports import vaults
from alicerce.apps.collecting.services.keep_cards import look_at_cards
from alicerce.apps.collecting.tests.factories import OPENED
from alicerce.kernel import clock as kernel_clock
from alicerce.kernel.clock import now
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.signatures import sign
from alicerce.vendors.stripe.simulator import StripeProvider, stripe_app
from alicerce.vendors.stripe.simulator.plastic import GOOD

__all__ = ["letters"]

KEY, SECRET = "sk_test_padaria", "whsec_padaria"


@dataclass
class Stripe:
    """The provider, and how a customer of ours keeps a card there."""

    url: str
    provider: StripeProvider
    faults: Faults

    @property
    def vault(self) -> Any:
        return self.provider.vault

    def connect(self, **given: Any) -> GatewayAccount:
        """An account in whichever tenant acts now."""
        credentials = {"secret_key": KEY, "webhook_secrets": [SECRET]}
        facts = {"base_url": self.url, "credentials": credentials, "at": now(), **given}
        return an_account(GatewayKind.STRIPE, **facts)

    def known(self, customer_id: Any, account: GatewayAccount) -> Payer:
        """A customer that the provider keeps cards for."""
        name = self.vault.create_customer({"email": "renata@example.com"})["id"]
        return Payer.objects.create(customer_id=customer_id, account=account, external_id=name)

    def keep_card(self, payer: Payer, number: str = GOOD, *, at: Any = None) -> str:
        """They typed a card on the provider's page, and we looked."""
        card = self.vault.keep(payer.external_id, number)["id"]
        look_at_cards(payer_id=payer.id, at=at or now())
        return str(card)

    def tell(self, account: GatewayAccount, *kinds: str) -> None:
        """Post the latest event of each kind, in this order, as the provider would."""
        token = account.secrets()["hook_token"]
        for kind in kinds:
            events = self.provider.ledger.all("event")
            raw = json.dumps(next(each for each in events if each["type"] == kind)).encode()
            answer = Client().post(
                f"/hooks/stripe/{token}/",
                data=raw,
                content_type="application/json",
                headers={"Stripe-Signature": sign(raw, [SECRET], kernel_clock.wall())},
            )
            assert answer.status_code == 200

    def charged(self) -> list[Any]:
        """Every payment intent, oldest first."""
        return list(reversed(self.provider.ledger.all("payment_intent")))


@dataclass
class Clock:
    """What time it is for whoever asks."""

    at: datetime


@pytest.fixture
def clock(monkeypatch):
    told = Clock(OPENED)
    monkeypatch.setattr(kernel_clock, "wall", lambda: told.at)
    return told


@pytest.fixture
def stripe(letters, monkeypatch):
    """Pix is in memory: nothing here is about it."""
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key=KEY)
    with running(app) as url, StripeClient(KEY, base_url=url, timeout=2) as client:
        opened = {
            GatewayKind.STRIPE: lambda config: StripeGateway(
                client, tenant_id=config.tenant_id, livemode=config.livemode
            ),
            GatewayKind.PIX: lambda config: MemoryGateway(),
        }
        for kind, opens in opened.items():
            monkeypatch.setitem(gateways, kind, opens)
        monkeypatch.setitem(
            vaults,
            GatewayKind.STRIPE,
            lambda config: StripeVault(client, tenant_id=config.tenant_id),
        )
        yield Stripe(url, app.state.provider, faults)
    app.state.provider.close()
