"""Pix and card from the wish to pay to a paid invoice, against the providers' simulators over HTTP."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.adapters.pix import open_pix
from alicerce.apps.billing.adapters.stripe import open_stripe
from alicerce.apps.billing.models import Charge, GatewayAccount
from alicerce.apps.billing.queries.gateways import config_of
from alicerce.apps.billing.services.reconcile import reconcile
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import ChargeStatus, GatewayKind, PaymentMethod
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.signatures import sign
from alicerce.vendors.stripe.simulator import stripe_app

SECRET = "whsec_padaria"
UNWELL = {"500": 0.1, "429": 0.1, "execute_then_drop": 0.1}
MOST_CALLS = 6
"""For each charge, with the questions about those whose answer was lost: no stampede."""


@dataclass
class House:
    """A provider, our account there, and a notice as it would post it."""

    method: PaymentMethod
    account: GatewayAccount
    provider: Any
    faults: Faults
    making: str
    closing: str

    def notice(self) -> Any:
        """Deliver the provider's latest news by hand."""
        token = self.account.secrets()["hook_token"]
        if self.method == PaymentMethod.PIX:
            charges = self.provider.charges()
            told = [pix for charge in charges for pix in charge.get("pix", ())]
            raw = json.dumps({"pix": told}).encode()
            return Client().post(
                f"/hooks/pix/{token}/pix", data=raw, content_type="application/json"
            )
        return self.tell(self.provider.ledger.all("event")[0])

    def tell(self, event: Any) -> Any:
        """An event of Stripe's, signed."""
        token, raw = self.account.secrets()["hook_token"], json.dumps(event).encode()
        return Client().post(
            f"/hooks/stripe/{token}/",
            data=raw,
            content_type="application/json",
            headers={"Stripe-Signature": sign(raw, [SECRET], now())},
        )


@pytest.fixture
def pix(tenant, tmp_path):
    certificates, faults = make_certificates(tmp_path / "tls"), Faults()
    app = pix_app(
        Store(None),
        faults,
        client_id="padaria",
        client_secret="segredo",
        pix_key="chave@padaria.example",
        receiver_name="Padaria",
        receiver_city="Curitiba",
    )
    with running(app, certificates, mutual=True) as url:
        account = an_account(
            base_url=url,
            token_url=f"{url}/oauth/token",
            credentials={
                "client_id": "padaria",
                "client_secret": "segredo",
                "client_cert_pem": certificates.client_cert.read_text(),
                "client_key_pem": certificates.client_key.read_text(),
                "ca_pem": certificates.ca.read_text(),
            },
            at=now(),
        )
        yield House(
            PaymentMethod.PIX, account, app.state.provider, faults, "put_cob", "patch_cob"
        )
        open_pix(config_of(account))._client.close()
    app.state.provider.close()


@pytest.fixture
def card(tenant):
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key="sk_test_padaria")
    with running(app) as url:
        credentials = {"secret_key": "sk_test_padaria", "webhook_secrets": [SECRET]}
        account = an_account(
            GatewayKind.STRIPE, base_url=url, credentials=credentials, at=now()
        )
        provider, names = app.state.provider, ("create_session", "expire_session")
        yield House(PaymentMethod.CARD, account, provider, faults, *names)
        open_stripe(config_of(account))._client.close()
    app.state.provider.close()


@pytest.fixture(params=["pix", "card"])
def house(request):
    return request.getfixturevalue(request.param)


def begin(house, invoice):
    charge_id = billing.begin_charge(
        invoice_id=invoice.id,
        method=house.method,
        return_url="https://padaria.example/",
        at=now(),
    )
    run_jobs(include_delayed=True, raise_failures=False)
    return Charge.objects.get(pk=charge_id)


def test_a_notice_pays_the_invoice(house):
    invoice = an_invoice()
    charge = begin(house, invoice)
    assert charge.status == ChargeStatus.AWAITING
    house.provider.pay(charge.external_id)

    for _ in range(2):
        assert house.notice().status_code == 200
    run_jobs()

    assert billing.invoice(invoice.id).status == "paid"
    assert billing.charge(charge.id).status == ChargeStatus.PAID
    assert len(billing.invoice_detail(invoice.id).payments) == 1


def test_a_lost_notice_is_healed_by_reading_again(house):
    invoice = an_invoice()
    charge = begin(house, invoice)
    house.provider.pay(charge.external_id)
    account = GatewayAccount.objects.get(pk=house.account.id)

    healed = reconcile(account_id=account.id, since=account.reconciled_at, at=now())
    house.notice()
    run_jobs()

    assert healed == 1
    assert billing.invoice(invoice.id).status == "paid"
    assert len(billing.invoice_detail(invoice.id).payments) == 1


def test_a_lost_answer_makes_no_second_charge(house):
    invoice = an_invoice()
    house.faults.arm("execute_then_drop", match=house.making)

    charge = begin(house, invoice)

    assert charge.status == ChargeStatus.AWAITING
    made = (
        house.provider.charges if house.method == PaymentMethod.PIX else house.provider.sessions
    )
    assert len(made()) == 1


def test_a_provider_that_fails_three_times_in_ten_is_asked_again_and_charges_each_once(house):
    """F22: 500, 429 and answers that never come; what is not known is asked about, never repeated."""
    house.faults.reseed(22)
    house.faults.set_rates(UNWELL)
    first = an_invoice()
    invoices = [first, *(an_invoice(customer_id=first.customer_id) for _ in range(11))]

    charges = [begin(house, invoice) for invoice in invoices]
    outcomes = Counter(call.outcome for call in house.faults.calls)
    house.faults.set_rates({})
    run_jobs(include_delayed=True)

    for charge in charges:
        charge.refresh_from_db()
    made = (
        house.provider.charges if house.method == PaymentMethod.PIX else house.provider.sessions
    )()
    assert {charge.status for charge in charges} == {ChargeStatus.AWAITING}
    assert len(made) == len({charge.external_id for charge in charges}) == len(invoices)
    assert sum(outcomes[fault] for fault in UNWELL) > 2
    assert sum(outcomes.values()) < MOST_CALLS * len(invoices), outcomes


def test_other_money_becomes_credit(house):
    invoice = an_invoice()
    charge = begin(house, invoice)
    house.provider.pay(charge.external_id, Money(100))

    house.notice()
    run_jobs()

    assert billing.invoice(invoice.id).status == "open"
    assert billing.wallet_balance(invoice.customer_id) == (Money(100),)


def test_a_void_invoice_can_no_longer_be_paid(house):
    invoice = an_invoice()
    charge = begin(house, invoice)

    void_invoice(invoice_id=invoice.id, at=now())
    run_jobs()

    assert billing.charge(charge.id).status == ChargeStatus.EXPIRED
    with pytest.raises(Exception, match=charge.external_id):
        house.provider.pay(charge.external_id)


def test_a_lost_answer_of_closing_is_asked_about(house):
    invoice = an_invoice()
    charge = begin(house, invoice)
    house.faults.arm("execute_then_drop", match=house.closing)

    void_invoice(invoice_id=invoice.id, at=now())
    run_jobs(include_delayed=True, raise_failures=False)

    asked = [call for call in house.faults.calls if house.closing in call.operation]
    assert billing.charge(charge.id).status == ChargeStatus.EXPIRED
    assert len(asked) == 1


def test_money_for_a_void_invoice_is_kept_for_the_customer(house):
    invoice = an_invoice()
    charge = begin(house, invoice)
    house.provider.pay(charge.external_id)

    void_invoice(invoice_id=invoice.id, at=now())
    run_jobs(include_delayed=True)

    assert billing.invoice(invoice.id).status == "void"
    assert billing.charge(charge.id).status == ChargeStatus.PAID
    assert billing.wallet_balance(invoice.customer_id) == (invoice.total,)


def test_paying_one_way_closes_the_other(pix, card):
    invoice = an_invoice()
    by_pix, by_card = begin(pix, invoice), begin(card, invoice)
    card.provider.pay(by_card.external_id)

    card.notice()
    run_jobs()

    assert billing.charge(by_card.id).status == ChargeStatus.PAID
    assert billing.charge(by_pix.id).status == ChargeStatus.EXPIRED
    assert pix.provider.charge(by_pix.external_id)["status"].startswith("REMOVIDA")
