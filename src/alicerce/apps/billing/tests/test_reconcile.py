"""What no notice told us is found by reading the provider again."""

from datetime import timedelta

import pytest

from alicerce.apps.billing import jobs
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, GatewayAccount, Payment
from alicerce.apps.billing.services.reconcile import reconcile
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types import ChargeStatus, PaymentMethod
from alicerce.apps.notify.models import Message
from alicerce.kernel.http import Refusal, Unavailable
from alicerce.kernel.testing import queued_jobs, run_jobs

LATER = NOON + timedelta(minutes=15)


@pytest.fixture
def account(tenant, provider):
    return an_account()


def read(account, *, at=LATER, since=None):
    return reconcile(account_id=account.id, since=since or account.reconciled_at, at=at)


class TestReconcile:
    def test_books_the_payment_of_a_lost_notice(self, account, provider):
        invoice = an_invoice()
        provider.receive(a_payment(invoice.id))

        assert read(account) == 1

        invoice.refresh_from_db()
        assert invoice.status == "paid"

    def test_finds_nothing_the_second_time(self, account, provider):
        provider.receive(a_payment(an_invoice().id))
        read(account)
        account.refresh_from_db()

        assert read(account, at=LATER + timedelta(minutes=15)) == 0
        assert Payment.objects.count() == 1

    def test_leaves_to_one_what_was_asked_of_many(self, account, provider):
        read(account)
        provider.receive(a_payment(an_invoice().id))

        assert read(account, since=NOON) == 0

    def test_notes_trouble_and_keeps_its_place(self, account, provider):
        provider.trouble = [Unavailable("down")]

        assert read(account) == 0

        account.refresh_from_db()
        assert (account.reconciled_at, account.trouble) == (NOON, "Unavailable: down")
        read(account)
        account.refresh_from_db()
        assert (account.reconciled_at, account.trouble) == (LATER, "")

    def test_passes_by_what_the_provider_refuses_to_show(self, account, provider, monkeypatch):
        invoice = an_invoice()
        good, bad = a_payment(invoice.id), a_payment()
        provider.receive(bad)
        provider.receive(good)
        show = provider.read

        def refuse_one(name):
            if name == bad.read_as:
                raise Refusal("gone")
            return show(name)

        monkeypatch.setattr(provider, "read", refuse_one)

        assert read(account) == 1

    def test_leaves_a_disabled_account_alone(self, account, provider):
        GatewayAccount.objects.filter(pk=account.id).update(enabled=False)
        provider.receive(a_payment())

        assert read(account) == 0

    def test_asks_about_charges_that_nobody_heard_of(self, account, provider):
        invoice = an_invoice()
        charge_id = billing.begin_charge(
            invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="https://x/", at=NOON
        )
        request_charge(charge_id=charge_id, at=NOON)
        name = Charge.objects.get(pk=charge_id).external_id
        provider.statuses[name] = ChargeStatus.EXPIRED

        read(account)

        assert billing.charge(charge_id).status == ChargeStatus.EXPIRED


class TestClock:
    def test_asks_for_each_enabled_account_of_each_tenant(self, account, other_tenant):
        with other_tenant:
            an_account()
        jobs.find_accounts_to_read()

        assert queued_jobs().count("billing.reconcile_account") == 2

    def test_ends_lapsed_charges(self, account, provider):
        charge_id = billing.begin_charge(
            invoice_id=an_invoice().id,
            method=PaymentMethod.PIX,
            return_url="https://x/",
            at=NOON - timedelta(days=9999),
        )

        jobs.find_lapsed_charges()

        assert queued_jobs().count("billing.expire_lapsed_charges") == 1
        run_jobs()
        assert billing.charge(charge_id).status == ChargeStatus.EXPIRED


class TestLetters:
    def test_go_to_the_payer_and_for_misfits_to_the_operator(self, account, provider):
        provider.receive(a_payment(an_invoice().id))
        provider.receive(a_payment())
        read(account)

        run_jobs(raise_failures=False)

        assert set(Message.objects.values_list("template", flat=True)) == {
            "invoice_paid",
            "payment_misfit",
        }
