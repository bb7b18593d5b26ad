"""What both providers say over HTTP is read, whatever goes wrong on the way."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.reconciliation.adapters.pix import PixStatement
from alicerce.apps.reconciliation.adapters.stripe import StripeStatement
from alicerce.apps.reconciliation.models import Difference, Payout
from alicerce.apps.reconciliation.ports import statements
from alicerce.apps.reconciliation.services.book_it import book_it
from alicerce.apps.reconciliation.services.handle_difference import ask_booking
from alicerce.apps.reconciliation.tests.factories import compared, standing
from alicerce.apps.reconciliation.types import MovementKind, RunStatus, Tally, ToldStatus
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.vendors.pix.client import PixClient
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.simulator import stripe_app

KEY, PIX_KEY = "sk_test_padaria", "chave@padaria.example"


@dataclass
class Stripe:
    provider: Any
    faults: Faults
    client: StripeClient
    account: Any

    def paid(self, invoice):
        """A session of the invoice, paid without a word to us."""
        made = self.client.create_checkout_session(
            mode="payment",
            amount=Money(invoice.total_cents),
            product_name="Hospedagem",
            customer_email="renata@example.com",
            success_url="https://padaria.example/",
            cancel_url="https://padaria.example/",
            metadata={"tenant": str(invoice.tenant_id), "invoice": str(invoice.id)},
            idempotency_key=str(invoice.id),
        )
        self.provider.pay(made.id)


@pytest.fixture
def stripe(tenant, monkeypatch):
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key=KEY)
    with running(app) as url, StripeClient(KEY, base_url=url, timeout=1) as client:
        said = StripeStatement(client, tenant_id=tenant.id)
        monkeypatch.setitem(statements, GatewayKind.STRIPE, lambda config: said)
        account = an_account(GatewayKind.STRIPE, at=now() - timedelta(days=3))
        yield Stripe(app.state.provider, faults, client, account)
    app.state.provider.close()


class TestStripe:
    def test_what_nobody_told_is_found_booked_paid_out_and_short_by_a_real(self, stripe):
        stripe.paid(an_invoice(Money(10_000)))
        at = now() + timedelta(minutes=1)

        run = compared(stripe.account, at=at)
        assert (run.status, run.tallies()["BRL"]) == (RunStatus.DONE, Tally(10_000, 0, 0))
        assert standing() == {"missing_here": "open"}

        difference_id = Difference.objects.get().id
        ask_booking(difference_id=difference_id, at=at)
        assert book_it(difference_id=difference_id, at=at)
        sent = stripe.provider.balance.pay_out(short=100)
        stripe.provider.balance.arrive(sent["id"])
        compared(stripe.account, at=at)

        assert standing() == {"payout_amount": "open"}
        payout = Payout.objects.get()
        assert (payout.status, payout.amount_cents, payout.parts_cents) == ("paid", 9462, 9562)
        assert ledger_balance("clearing:stripe") == (Money(9562),)

    def test_a_refund_by_hand_there_is_found_and_booked(self, stripe):
        stripe.paid(an_invoice(Money(10_000)))
        at = now() + timedelta(minutes=1)
        compared(stripe.account, at=at)
        _book_all(at)
        (session,) = stripe.provider.sessions()
        stripe.provider.refunds.create(
            {"payment_intent": session["payment_intent"], "amount": "4000"}
        )

        compared(stripe.account, at=at)
        assert standing() == {"missing_here": "open"}
        _book_all(at)

        assert standing() == {}
        assert compared(stripe.account, at=at).tallies()["BRL"] == Tally(6000, 6000, 6000)

    @pytest.mark.parametrize("fault", ["500", "429", "execute_then_drop"])
    def test_trouble_leaves_it_unknown_and_the_next_one_knows(self, stripe, fault):
        stripe.paid(an_invoice())
        at = now() + timedelta(minutes=1)
        stripe.faults.arm(fault, times=1, match="stripe.list_balance")

        assert compared(stripe.account, at=at).status == RunStatus.UNKNOWN
        assert standing() == {}
        assert compared(stripe.account, at=at).status == RunStatus.DONE
        assert standing() == {"missing_here": "open"}

    def test_what_names_another_company_is_theirs(self, stripe, other_tenant):
        with other_tenant:
            stripe.paid(an_invoice())

        assert compared(stripe.account, at=now()).seen == 0
        assert standing() == {}


class TestPix:
    @pytest.fixture
    def house(self, tmp_path):
        certificates = make_certificates(tmp_path / "tls")
        app = pix_app(
            Store(None),
            Faults(),
            client_id="id",
            client_secret="secret",
            pix_key=PIX_KEY,
            receiver_name="Padaria",
            receiver_city="Curitiba",
        )
        with running(app, certificates, mutual=True) as url:
            client = PixClient(
                PixSettings(
                    base_url=url,
                    token_url=f"{url}/oauth/token",
                    client_id="id",
                    client_secret="secret",
                    client_cert_pem=certificates.client_cert.read_text(),
                    client_key_pem=certificates.client_key.read_text(),
                    ca_pem=certificates.ca.read_text(),
                    pix_key=PIX_KEY,
                )
            )
            yield app.state.provider, PixStatement(client, pix_key=PIX_KEY)
            client.close()
        app.state.provider.close()

    def test_tells_each_payment_and_what_went_back_of_it(self, house):
        provider, statement = house
        wanted = {
            "calendario": {"expiracao": 3600},
            "valor": {"original": "37.00"},
            "chave": PIX_KEY,
        }
        provider.put_charge("a" * 32, wanted)
        (e2eid,) = provider.pay("a" * 32)
        provider.put_refund(e2eid, "dev1", {"valor": "7.00"})
        provider.settle_refund(e2eid, "dev1")
        hour = timedelta(hours=1)

        page = statement.movements(now() - hour, now() + hour, "")

        told = [(one.kind, one.reference, one.net, one.status) for one in page.rows]
        assert told == [
            (MovementKind.PAYMENT, e2eid, 3700, ToldStatus.DONE),
            (MovementKind.REFUND, "dev1", -700, ToldStatus.DONE),
        ]
        assert page.after == ""
        assert statement.find_refund("dev1", e2eid) == page.rows[1]
        assert statement.find_payment("E" + "0" * 31) is None


def _book_all(at):
    for row in Difference.objects.open():
        ask_booking(difference_id=row.id, at=at)
        book_it(difference_id=row.id, at=at)
