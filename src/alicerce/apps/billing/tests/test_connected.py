"""Two companies under the platform's account at Stripe, over HTTP: each is paid, and told, by itself."""

import json

import httpx
import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import ConnectFeeTooHigh, ConnectNotOffered, NoSuchGateway
from alicerce.apps.billing.models import GatewayAccount, Merchant, Notice
from alicerce.apps.billing.queries.charges import offered_methods
from alicerce.apps.billing.queries.connecting import (
    ended_merchants,
    merchants,
    offers_to_companies,
)
from alicerce.apps.billing.queries.gateways import config_of, read_accounts
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.connect_merchant import (
    ask_onboarding,
    disconnect_merchant,
    look_at_merchant,
    open_onboarding,
)
from alicerce.apps.billing.services.offer_connect import offer_connect
from alicerce.apps.billing.tests.connected import BACK, TERMS, begun, charged, opened, platform
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.connecting import ConnectTerms, MerchantState
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Unknown
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.signatures import sign

__all__ = ["opened", "platform"]


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
            "fee_fixed_cents": 0,
            "fee_most_basis_points": 3_000,
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
        assert [one.id for one in read_accounts()] == [merchant.account_id]

    def test_ends_when_its_owner_takes_the_access_away(self, platform, tenant, letters):
        merchant = platform.enabled()
        invoice_id, _session = begun(merchant, platform.provider)
        platform.provider.accounts.deauthorize(merchant.external_id)
        told = platform.latest(merchant, "account.application.deauthorized")
        assert [platform.tell(told) for _twice in range(2)] == [200, 200]
        run_jobs()
        assert merchants() == []
        assert billing.card_account() is None
        assert [(one.ended_by, one.can_pay_out) for one in ended_merchants()] == [
            ("owner", False)
        ]
        assert len([one for one in letters if "não nos dá mais acesso" in one.text]) == 1
        (charge,) = billing.charges_of(invoice_id)
        assert (charge.status, charge.detail) == ("failed", "account_gone")
        assert offered_methods() == ()
        an_account(GatewayKind.PIX)
        assert offered_methods() == (PaymentMethod.PIX,)

    def test_begins_anew_after_it_was_disconnected(self, platform, tenant, letters):
        merchant = platform.enabled()
        invoice_id, session_id = begun(merchant, platform.provider)
        assert disconnect_merchant(merchant_id=merchant.id, at=now())
        run_jobs()
        (charge,) = billing.charges_of(invoice_id)
        own = platform.provider.accounts.branch(merchant.external_id)
        left = next(one for one in own.sessions() if one["id"] == session_id)
        assert (charge.status, left["status"]) == ("expired", "expired")
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
