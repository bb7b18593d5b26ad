"""Two companies under the platform's account at Stripe, over HTTP: each is paid, and told, by itself."""

import json
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.adapters.stripe import StripeGateway
from alicerce.apps.billing.adapters.stripe_connect import StripeConnector
from alicerce.apps.billing.errors import ConnectFeeTooHigh, ConnectNotOffered, NoSuchGateway
from alicerce.apps.billing.models import ConnectOffer, GatewayAccount, Merchant, Notice
from alicerce.apps.billing.ports import connectors, gateways
from alicerce.apps.billing.queries.connecting import merchants, offers_to_companies
from alicerce.apps.billing.queries.gateways import config_of
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.connect_merchant import (
    ask_onboarding,
    disconnect_merchant,
    look_at_merchant,
    open_onboarding,
)
from alicerce.apps.billing.services.offer_connect import offer_connect, register_connect_hook
from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.connecting import ConnectTerms, MerchantState
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Unknown
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal
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


def charged(merchant, provider):
    """An invoice of the company's, paid by card through its own account."""
    invoice_id = an_invoice().id
    charge_id = billing.begin_charge(
        invoice_id=invoice_id, method=PaymentMethod.CARD, return_url=BACK, at=now()
    )
    billing.request_charge(charge_id=charge_id, at=now())
    own = provider.accounts.branch(merchant.external_id)
    (session,) = own.sessions()[:1]
    own.pay(session["id"])
    return invoice_id, session["id"]


class TestOffer:
    def test_is_the_platforms_to_make_within_reason(self, platform, tenant):
        with pytest.raises(NoSuchGateway):
            offer_connect(account_id=an_account(GatewayKind.STRIPE).id, terms=TERMS, at=now())
        with pytest.raises(ConnectFeeTooHigh):
            offer_connect(account_id=platform.account.id, terms=ConnectTerms(3001), at=now())
        (offer,) = offers_to_companies()
        assert (offer.terms, offer.livemode) == (TERMS, False)
        assert offer.hook_registered_at

    def test_ends_for_newcomers_only(self, platform, tenant):
        merchant = platform.enabled()
        with acting(tenant_id=platform.tenant.id):
            closed = ConnectTerms(fee_basis_points=900, is_open=False)
            offer_connect(account_id=platform.account.id, terms=closed, at=now())
        with pytest.raises(ConnectNotOffered):
            ask_onboarding(account_id=platform.account.id, return_url=BACK, at=now())
        behalf = json.loads(config_of(merchant.account).credentials)["behalf"]
        assert behalf == {
            "account": merchant.external_id,
            "fee_basis_points": 250,
            "gives_fee_back": True,
        }


class TestOnboarding:
    def test_makes_one_account_however_often_the_answer_is_lost(self, platform, tenant):
        asked = {"account_id": platform.account.id, "return_url": BACK, "at": now()}
        merchant_id = ask_onboarding(**asked)
        assert ask_onboarding(**asked) == merchant_id
        for lost in ("create_account", "list_accounts"):
            platform.faults.arm("execute_then_drop", match=lost)
            with pytest.raises(Unknown):
                open_onboarding(merchant_id=merchant_id, at=now())
        forgotten = f"merchant:{merchant_id}"  # as keys are after a day
        platform.provider.ledger._store.delete("stripe.idempotency", forgotten)
        open_onboarding(merchant_id=merchant_id, at=now())
        merchant = Merchant.objects.get(pk=merchant_id)
        assert [one["id"] for one in platform.provider.ledger.all("account")] == [
            merchant.external_id
        ]
        assert (merchant.link_status, merchant.account.enabled) == ("open", False)

    def test_follows_what_the_provider_says(self, platform, tenant, letters):
        merchant = platform.connect()
        states = [merchant.state]
        httpx.post(merchant.link_url)
        look_at_merchant(merchant_id=merchant.id, at=now())
        states.append(merchants()[0].state)
        assert billing.card_account().id == merchant.account_id
        told = platform.provider.accounts.tell(
            merchant.external_id, due=("individual.id_number",), reason="listed"
        )
        assert told["charges_enabled"] is False
        assert platform.tell(platform.latest(merchant, "account.updated")) == 200
        run_jobs()
        (found,) = merchants()
        states.append(found.state)
        assert states == [
            MerchantState.PENDING,
            MerchantState.ENABLED,
            MerchantState.RESTRICTED,
        ]
        assert found.due == ("individual.id_number",)
        assert billing.card_account() is None
        assert "CPF" in letters[-1].text

    def test_ends_when_its_owner_takes_the_access_away(self, platform, tenant, letters):
        merchant = platform.enabled()
        platform.provider.accounts.deauthorize(merchant.external_id)
        told = platform.latest(merchant, "account.application.deauthorized")
        assert platform.tell(told) == 200
        run_jobs()
        assert merchants() == []
        assert billing.card_account() is None
        assert len(letters) == 1

    def test_begins_anew_after_it_was_disconnected(self, platform, tenant):
        merchant = platform.enabled()
        assert disconnect_merchant(merchant_id=merchant.id, at=now())
        assert not disconnect_merchant(merchant_id=merchant.id, at=now())
        assert billing.card_account() is None
        again = platform.enabled()
        assert again.external_id != merchant.external_id
        assert billing.card_account().id == again.account_id


class TestCharges:
    def test_leave_the_platform_its_fee_and_give_it_back(self, platform, tenant):
        merchant = platform.enabled()
        invoice_id, _session = charged(merchant, platform.provider)
        platform.tell(platform.latest(merchant, "checkout.session.completed"))
        run_jobs()
        invoice = billing.invoice_detail(invoice_id)
        (payment,) = invoice.payments
        assert invoice.summary.paid_at
        cents = payment.amount.cents
        fee = cents * 250 // 10_000
        own = platform.provider.accounts.branch(merchant.external_id)
        (moved,) = own.ledger.all("balance_transaction")
        assert {one["type"]: one["amount"] for one in moved["fee_details"]}[
            "application_fee"
        ] == fee
        begin_refund(payment_id=payment.id, cents=cents, reason="engano", at=now())
        run_jobs()
        every = platform.provider.ledger.all("balance_transaction")
        assert [one["amount"] for one in every] == [-fee, fee]

    def test_are_seen_by_their_own_company_only(self, platform, tenant, other_tenant, opened):
        mine = platform.enabled()
        invoice_id, session_id = charged(mine, platform.provider)
        event = platform.latest(mine, "checkout.session.completed")
        with other_tenant:
            theirs = platform.enabled()
            with pytest.raises(StripeRefusal) as refused:
                opened(config_of(theirs.account))._client.get_session(session_id)
            assert refused.value.status == 404
            assert [platform.tell(event) for _twice in range(2)] == [200, 200]
            assert Notice.objects.count() == 0
        run_jobs()
        assert Notice.objects.filter(account_id=mine.account_id).count() == 1
        assert billing.invoice_detail(invoice_id).summary.paid_at


class TestDoor:
    def test_counts_what_is_of_nobody_here(self, platform, tenant):
        merchant = platform.enabled()
        event = platform.latest(merchant, "account.updated")
        stranger = event | {"account": "acct_desconhecida"}
        nameless = {name: said for name, said in event.items() if name != "account"}
        real = event | {"livemode": True}
        assert [platform.tell(one) for one in (stranger, nameless, real)] == [200] * 3
        assert platform.strays() == 3
        assert Notice.objects.count() == 0

    def test_believes_the_platforms_secret_only(self, platform, tenant):
        merchant = platform.enabled()
        raw = json.dumps(platform.latest(merchant, "account.updated")).encode()
        with acting(tenant_id=platform.tenant.id), transaction():
            token = GatewayAccount.objects.get(pk=platform.account.id).secrets()["hook_token"]
        assert platform.knock(token, raw, sign(raw, ["whsec_outro"], now())) == 400
        assert platform.knock("outro", raw, sign(raw, ["whsec_outro"], now())) == 404
        assert Notice.objects.count() == 0
