"""The platform's account at Stripe over HTTP, and companies under it: fixtures and what they do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.adapters.stripe import StripeGateway
from alicerce.apps.billing.adapters.stripe_connect import StripeConnector
from alicerce.apps.billing.models import ConnectOffer, GatewayAccount, Merchant
from alicerce.apps.billing.ports import connectors, gateways
from alicerce.apps.billing.services.connect_merchant import (
    ask_onboarding,
    look_at_merchant,
    open_onboarding,
)
from alicerce.apps.billing.services.offer_connect import offer_connect, register_connect_hook
from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.connecting import ConnectTerms
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.signatures import sign
from alicerce.vendors.stripe.simulator import stripe_app

BACK = "https://padaria.example/app/financeiro/recebimento/volta/"
TERMS = ConnectTerms(fee_basis_points=250, gives_fee_back=True, is_open=True)


@dataclass
class Platform:
    """The platform's account at Stripe, and Stripe itself."""

    tenant: Any
    account: GatewayAccount
    provider: Any
    faults: Faults

    @contextmanager
    def acting(self) -> Iterator[None]:
        """As the platform, with its rows in sight."""
        with acting(tenant_id=self.tenant.id), showing_rows_of(self.tenant.id):
            yield

    def connect(self) -> Merchant:
        """Whoever acts now asks for an account, and its job runs."""
        merchant_id = ask_onboarding(account_id=self.account.id, return_url=BACK, at=now())
        open_onboarding(merchant_id=merchant_id, at=now())
        return Merchant.objects.get(pk=merchant_id)

    def enabled(self) -> Merchant:
        merchant = self.connect()
        httpx.post(merchant.link_url)
        look_at_merchant(merchant_id=merchant.id, at=now())
        return Merchant.objects.get(pk=merchant.id)

    def tell(self, event: Any) -> int:
        """What Stripe posts to the one door, signed."""
        with acting(tenant_id=self.tenant.id), transaction():
            secrets = GatewayAccount.objects.get(pk=self.account.id).secrets()
        raw = json.dumps(event).encode()
        signed = sign(raw, secrets["connect_secrets"], now())
        return self.knock(secrets["hook_token"], raw, signed)

    def knock(self, token: str, raw: bytes, signature: str) -> int:
        answer = Client().post(
            f"/hooks/connect/{token}/",
            data=raw,
            content_type="application/json",
            headers={"Stripe-Signature": signature},
        )
        return answer.status_code

    def strays(self) -> int:
        with acting(tenant_id=self.tenant.id), transaction():
            return ConnectOffer.objects.get().strays

    def latest(self, merchant: Merchant, kind: str) -> Any:
        every = self.provider.accounts.branch(merchant.external_id).ledger.all("event")
        return next(one for one in every if one["type"] == kind)


@pytest.fixture
def opened(monkeypatch):
    """Clients, each closed at the end: who asks for one in between does not know when."""
    clients = []

    def opening(make):
        def of(config):
            clients.append(open_client(config.credentials, base_url=config.base_url))
            return make(clients[-1], config)

        return of

    monkeypatch.setitem(
        connectors, GatewayKind.STRIPE, opening(lambda client, _: StripeConnector(client))
    )
    monkeypatch.setitem(gateways, GatewayKind.STRIPE, opening(a_gateway))
    yield gateways[GatewayKind.STRIPE]
    for client in clients:
        client.close()


def a_gateway(client, config):
    return StripeGateway(client, tenant_id=config.tenant_id, livemode=config.livemode)


@pytest.fixture
def platform(db, opened):
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key="sk_test_plataforma")
    root = a_tenant("raiz", is_root=True)
    with running(app) as url, acting(tenant_id=root.id):
        with transaction():
            Host.objects.create(
                tenant_id=root.id,
                domain="raiz.example",
                base_url="https://raiz.example",
                is_primary=True,
            )
            account = an_account(
                GatewayKind.STRIPE,
                base_url=url,
                credentials={"secret_key": "sk_test_plataforma"},
                at=now(),
            )
            offer_connect(account_id=account.id, terms=TERMS, at=now())
        register_connect_hook(account_id=account.id, at=now())
        with acting(tenant_id=None):
            yield Platform(root, account, app.state.provider, faults)
    app.state.provider.close()


def begun(merchant, provider, **given):
    """An invoice of the company's, and the page on which a card would pay it."""
    invoice_id = an_invoice(**given).id
    charge_id = billing.begin_charge(
        invoice_id=invoice_id, method=PaymentMethod.CARD, return_url=BACK, at=now()
    )
    billing.request_charge(charge_id=charge_id, at=now())
    (session,) = provider.accounts.branch(merchant.external_id).sessions()[:1]
    return invoice_id, session["id"]


def charged(merchant, provider, **given):
    """An invoice of the company's, paid by card through its own account."""
    invoice_id, session_id = begun(merchant, provider, **given)
    provider.accounts.branch(merchant.external_id).pay(session_id)
    return invoice_id, session_id
