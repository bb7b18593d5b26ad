"""From the wish to pay to something to pay with: asked once, whatever goes wrong on the way."""

from datetime import timedelta
from uuid import uuid5

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen, MethodNotOffered, NoSuchInvoice
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.expire_charges import expire_charges
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.services.withdraw_charges import withdraw_charges
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types import ChargeStatus, GatewayKind, PaymentMethod
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.kernel.testing import queued_jobs

DAY = timedelta(days=1)


def begin(invoice, *, method=PaymentMethod.PIX, at=NOON):
    return billing.begin_charge(
        invoice_id=invoice.id, method=method, return_url="https://padaria.example/", at=at
    )


def status(charge_id):
    return Charge.objects.get(pk=charge_id).status


@pytest.fixture
def invoice(tenant, provider):
    an_account()
    return an_invoice()


class TestBeginCharge:
    def test_queues_the_question_and_asks_nobody(self, invoice, provider):
        begin(invoice)

        assert "billing.request_begun_charge" in queued_jobs()
        assert provider.requests == 0

    def test_gives_the_same_charge_while_it_lives(self, invoice):
        assert begin(invoice) == begin(invoice)

    def test_begins_another_once_time_is_up(self, invoice):
        first = begin(invoice)
        second = begin(invoice, at=NOON + DAY)

        assert first != second
        assert status(first) == ChargeStatus.EXPIRED
        assert Charge.objects.get(pk=second).attempt == 2

    def test_offers_only_what_the_tenant_can_collect(self, invoice):
        assert billing.offered_methods() == (PaymentMethod.PIX,)
        with pytest.raises(MethodNotOffered):
            begin(invoice, method=PaymentMethod.CARD)

    def test_refuses_an_invoice_that_is_not_open(self, invoice):
        billing.void_invoice(invoice_id=invoice.id, at=NOON)

        with pytest.raises(InvoiceNotOpen):
            begin(invoice)

    def test_cannot_reach_the_invoice_of_another_tenant(self, invoice, other_tenant):
        with other_tenant, pytest.raises(NoSuchInvoice):
            begin(invoice)


class TestRequestCharge:
    def test_gives_the_customer_something_to_pay_with(self, invoice):
        charge_id = begin(invoice)

        request_charge(charge_id=charge_id, at=NOON)

        view = billing.charge(charge_id)
        assert (view.status, view.pix_code) == (ChargeStatus.AWAITING, "00020126")
        assert view.is_live

    def test_of_a_rehearsal_is_asked_by_the_clock_of_the_world(self, tenant, provider):
        twin, later = uuid5(tenant.id, "sandbox"), wall() + 30 * DAY
        tenancy.open_sandbox(of=tenant.id, as_id=twin, at=wall())
        with acting(tenant_id=twin), showing_rows_of(twin):
            an_account()
            charge_id = begin(an_invoice(), at=later)
            request_charge(charge_id=charge_id, at=later)
            [made] = provider.made.values()
            assert wall() < made.expires_at < wall() + DAY
            assert later < Charge.objects.get(pk=charge_id).expires_at < later + DAY

    def test_asks_once_however_often_it_runs(self, invoice, provider):
        charge_id = begin(invoice)

        for _ in range(3):
            request_charge(charge_id=charge_id, at=NOON)

        assert provider.requests == 1

    def test_looks_for_what_it_may_have_asked_before(self, invoice, provider):
        charge_id = begin(invoice)
        provider.lost = [Unknown("timeout")]

        with pytest.raises(Unknown):
            request_charge(charge_id=charge_id, at=NOON)
        assert status(charge_id) == ChargeStatus.UNKNOWN
        request_charge(charge_id=charge_id, at=NOON)

        assert status(charge_id) == ChargeStatus.AWAITING
        assert provider.requests == 1

    def test_asks_again_what_was_certainly_not_done(self, invoice, provider):
        charge_id = begin(invoice)
        provider.trouble = [Unavailable("down")]

        with pytest.raises(Unavailable):
            request_charge(charge_id=charge_id, at=NOON)
        request_charge(charge_id=charge_id, at=NOON)

        assert status(charge_id) == ChargeStatus.AWAITING

    def test_keeps_a_refusal_and_lets_the_customer_try_again(
        self, invoice, provider, published
    ):
        charge_id = begin(invoice)
        provider.trouble = [Refusal("chave inválida")]

        request_charge(charge_id=charge_id, at=NOON)

        view = billing.charge(charge_id)
        assert (view.status, view.detail) == (ChargeStatus.FAILED, "chave inválida")
        assert "chave" not in view.error
        assert "charge.failed" in [event.name for event in published]
        assert begin(invoice) != charge_id

    def test_does_not_begin_for_an_invoice_paid_meanwhile(self, invoice, provider):
        charge_id = begin(invoice)
        book_payment(account_id=an_account().id, paid=a_payment(invoice.id), at=NOON)

        request_charge(charge_id=charge_id, at=NOON)

        assert provider.requests == 0
        assert status(charge_id) == ChargeStatus.EXPIRED

    def test_takes_back_what_nobody_needs_any_more(self, invoice, provider):
        charge_id = begin(invoice)
        provider.lost = [Unknown("timeout")]
        with pytest.raises(Unknown):
            request_charge(charge_id=charge_id, at=NOON)
        billing.void_invoice(invoice_id=invoice.id, at=NOON)

        request_charge(charge_id=charge_id, at=NOON)

        assert len(provider.withdrawn) == 1
        assert status(charge_id) == ChargeStatus.EXPIRED

    def test_books_what_was_paid_before_we_knew_of_the_charge(self, invoice, provider):
        charge_id = begin(invoice)
        provider.lost = [Unknown("timeout")]
        with pytest.raises(Unknown):
            request_charge(charge_id=charge_id, at=NOON)
        name = Charge.objects.get(pk=charge_id).external_id
        provider.receive(a_payment(external_id=name))

        request_charge(charge_id=charge_id, at=NOON)

        assert status(charge_id) == ChargeStatus.PAID
        assert billing.invoice(invoice.id).status == "paid"


class TestEnd:
    def test_of_an_invoice_closes_its_other_charges(self, invoice, provider):
        an_account(GatewayKind.STRIPE)
        pix, card = begin(invoice), begin(invoice, method=PaymentMethod.CARD)
        for charge_id in (pix, card):
            request_charge(charge_id=charge_id, at=NOON)
        name = Charge.objects.get(pk=pix).external_id
        account = Charge.objects.get(pk=pix).account_id
        book_payment(account_id=account, paid=a_payment(external_id=name), at=NOON)

        withdraw_charges(invoice_id=invoice.id, at=NOON)

        assert [status(pix), status(card)] == [ChargeStatus.PAID, ChargeStatus.EXPIRED]
        assert provider.withdrawn == [Charge.objects.get(pk=card).external_id]

    def test_leaves_a_charge_that_the_provider_will_not_close(self, invoice, provider):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)
        provider.trouble = [Refusal("it is being paid")]

        withdraw_charges(invoice_id=invoice.id, at=NOON)

        assert status(charge_id) == ChargeStatus.AWAITING

    def test_is_looked_at_before_it_is_asked_for_again(self, invoice, provider):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)
        provider.lost = [Unknown("timeout")]
        with pytest.raises(Unknown):
            withdraw_charges(invoice_id=invoice.id, at=NOON)
        assert status(charge_id) == ChargeStatus.AWAITING

        withdraw_charges(invoice_id=invoice.id, at=NOON)

        assert status(charge_id) == ChargeStatus.EXPIRED
        assert len(provider.withdrawn) == 1

    def test_that_was_never_heard_of_is_asked_for_again(self, invoice, provider):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)
        provider.trouble = [Unknown("timeout")]
        with pytest.raises(Unknown):
            withdraw_charges(invoice_id=invoice.id, at=NOON)

        withdraw_charges(invoice_id=invoice.id, at=NOON)

        assert status(charge_id) == ChargeStatus.EXPIRED
        assert len(provider.withdrawn) == 1

    def test_that_comes_too_late_books_what_was_paid(self, invoice, provider):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)
        name = Charge.objects.get(pk=charge_id).external_id
        provider.receive(a_payment(external_id=name))
        provider.trouble = [Refusal("it is paid")]
        billing.void_invoice(invoice_id=invoice.id, at=NOON)

        withdraw_charges(invoice_id=invoice.id, at=NOON)

        assert status(charge_id) == ChargeStatus.PAID
        assert billing.invoice(invoice.id).status == "void"
        assert billing.wallet_balance(invoice.customer_id) == (Money(4990),)

    def test_comes_with_time_and_some_grace(self, invoice):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)

        assert expire_charges(at=NOON + timedelta(hours=1, minutes=9)) == 0
        assert expire_charges(at=NOON + timedelta(hours=1, minutes=11)) == 1
        assert status(charge_id) == ChargeStatus.EXPIRED

    def test_does_not_turn_late_money_away(self, invoice):
        charge_id = begin(invoice)
        request_charge(charge_id=charge_id, at=NOON)
        expire_charges(at=NOON + DAY)
        charge = Charge.objects.get(pk=charge_id)

        paid = a_payment(external_id=charge.external_id)
        book_payment(account_id=charge.account_id, paid=paid, at=NOON + DAY)

        assert billing.invoice(invoice.id).status == "paid"
        assert status(charge_id) == ChargeStatus.PAID

    def test_of_what_is_not_there_is_nothing(self, invoice):
        withdraw_charges(invoice_id=uuid7(), at=NOON)
