"""Money goes back once, never more than came, and the books follow what the provider says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import (
    InvoiceNotOpen,
    NotEnoughBalance,
    NotRefundable,
    RefundTooLate,
)
from alicerce.apps.billing.models import CreditNote, GatewayAccount, Invoice, Payment, Refund
from alicerce.apps.billing.ports import ProviderRefund, Reading
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.apply_reading import apply_reading
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.services.reconcile import reconcile
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.request_refund import request_refund
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
    by_hand,
)
from alicerce.apps.billing.types.corrections import Credited, RefundStatus
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.money import Money

LATER = NOON + timedelta(minutes=30)


@pytest.fixture
def paid(tenant, provider):
    """An invoice of 49,90 that a Pix settled."""
    return a_paid_invoice(account=an_account())


def begin(invoice, cents=4990, **given):
    payment = Payment.objects.filter(invoice_id=invoice.id).earliest("id")
    facts = {"payment_id": payment.id, "cents": cents, "reason": "desistiu", "at": NOON}
    return begin_refund(**{**facts, **given})


def refund(invoice, cents=4990):
    refund_id = begin(invoice, cents)
    request_refund(refund_id=refund_id, at=NOON)
    return Refund.objects.get(pk=refund_id)


def names(published):
    return [event.name for event in published]


def told(one, **changes):
    facts = {
        "external_id": one.external_id,
        "payment_reference": one.payment.reference,
        "amount": one.amount,
        "status": RefundStatus.SUCCEEDED,
        "refund_id": one.id,
    }
    return ProviderRefund(**{**facts, **changes})


class TestRefund:
    def test_mirrors_the_payment_and_issues_a_credit_note(self, paid, published):
        done = refund(paid, 1990)

        assert done.status == "succeeded"
        assert CreditNote.objects.get().refunded_cents == 1990
        assert ledger_balance("clearing:pix") == (Money(3000),)
        assert ledger_balance("revenue") == (Money(-3000),)
        assert ledger_balance("receivable") == (Money(0),)
        assert billing.invoice(paid.id).status == "paid"
        assert billing.invoice(paid.id).returned == Money(1990)
        assert names(published).count("payment.refunded") == 1

    def test_counts_in_the_books_only_when_it_succeeded(self, paid, provider, published):
        provider.refund_ends = RefundStatus.PENDING

        one = refund(paid)

        assert one.status == "pending"
        assert ledger_balance("clearing:pix") == (Money(4990),)
        assert not CreditNote.objects.exists()
        assert "payment.refunded" not in names(published)
        follow_refund(account_id=one.account_id, told=told(one), at=LATER)
        assert ledger_balance("clearing:pix") == (Money(0),)

    def test_two_equal_parts_and_never_more_than_came(self, paid):
        refund(paid, 2000)
        refund(paid, 2000)

        for cents in (991, 4990, 0, -1):
            with pytest.raises(NotRefundable):
                begin(paid, cents)
        assert billing.invoice(paid.id).returned == Money(4000)

    def test_one_on_its_way_reserves_its_part(self, paid):
        begin(paid, 3000)

        with pytest.raises(NotRefundable):
            begin(paid, 2000)
        with pytest.raises(Exception, match="creditar"):
            credit_invoice(invoice_id=paid.id, wanted=[Credited(2000)], reason="x", at=NOON)

    def test_that_fails_is_free_again(self, paid, provider, published):
        provider.refund_ends = RefundStatus.FAILED

        one = refund(paid)

        assert one.status == "failed"
        assert billing.invoice(paid.id).refunding == Money(0)
        assert ledger_balance("clearing:pix") == (Money(4990),)
        assert names(published).count("refund.failed") == 1
        provider.refund_ends = RefundStatus.SUCCEEDED
        assert refund(paid).status == "succeeded"

    def test_that_is_refused_is_free_again(self, paid, provider):
        provider.trouble = [Refusal("no such payment")]

        assert refund(paid).status == "failed"
        assert billing.invoice(paid.id).refunding == Money(0)

    def test_that_fails_after_it_succeeded_becomes_credit(self, paid, published):
        one = refund(paid, 1000)

        follow_refund(
            account_id=one.account_id, told=told(one, status=RefundStatus.FAILED), at=LATER
        )

        assert Refund.objects.get().status == "failed"
        assert wallet_balance(paid.customer_id) == (Money(1000),)
        assert ledger_balance("clearing:pix") == (Money(4990),)
        assert ledger_imbalance() == 0

    def test_never_goes_back_from_the_end(self, paid):
        one = refund(paid, 1000)
        pending = told(one, status=RefundStatus.PENDING)

        assert not follow_refund(account_id=one.account_id, told=pending, at=LATER)
        assert not follow_refund(account_id=one.account_id, told=told(one), at=LATER)
        assert Refund.objects.get().status == "succeeded"
        assert CreditNote.objects.count() == 1

    def test_of_a_pix_is_too_late_after_90_days(self, paid):
        with pytest.raises(RefundTooLate):
            begin(paid, at=NOON + timedelta(days=90, seconds=1))
        begin(paid, at=NOON + timedelta(days=90))


class TestUnknown:
    def test_is_asked_about_and_not_repeated(self, paid, provider):
        provider.lost = [Unknown("timeout")]
        refund_id = begin(paid)
        with pytest.raises(Unknown):
            request_refund(refund_id=refund_id, at=NOON)
        assert Refund.objects.get().status == "unknown"

        request_refund(refund_id=refund_id, at=LATER)

        assert len(provider.refunds) == 1
        assert Refund.objects.get().status == "succeeded"

    def test_that_never_arrived_is_asked_for_again_under_its_name(self, paid, provider):
        provider.trouble = [Unknown("timeout")]
        refund_id = begin(paid)
        with pytest.raises(Unknown):
            request_refund(refund_id=refund_id, at=NOON)

        request_refund(refund_id=refund_id, at=LATER)

        assert list(provider.refunds) == [f"dev-{refund_id}"]

    def test_waits_while_the_provider_is_away(self, paid, provider):
        provider.trouble = [Unavailable("down")]
        refund_id = begin(paid)
        with pytest.raises(Unavailable):
            request_refund(refund_id=refund_id, at=NOON)

        request_refund(refund_id=refund_id, at=LATER)

        assert Refund.objects.get().status == "succeeded"

    def test_is_found_by_the_reconciliation(self, paid, provider):
        provider.refund_ends = RefundStatus.PENDING
        one = refund(paid)
        provider.end_refund(RefundStatus.SUCCEEDED)

        reconcile(account_id=one.account_id, since=NOON, at=LATER)

        assert Refund.objects.get().status == "succeeded"

    def test_of_a_provider_that_names_refunds_itself(self, paid, provider):
        provider.names = ""
        provider.lost = [Unknown("timeout")]
        refund_id = begin(paid)
        with pytest.raises(Unknown):
            request_refund(refund_id=refund_id, at=NOON)

        request_refund(refund_id=refund_id, at=LATER)

        assert Refund.objects.get().external_id.startswith("re-")


class TestSources:
    def test_credit_leaves_the_wallet_at_once(self, tenant, provider):
        invoice, account = an_invoice(), an_account()
        wrong = a_payment(invoice.id, amount=Money(3000))
        book_payment(account_id=account.id, paid=wrong, at=NOON)
        provider.refund_ends = RefundStatus.PENDING

        one = refund(invoice, 3000)

        assert wallet_balance(invoice.customer_id) == ()
        assert ledger_balance("refunding") == (Money(-3000),)
        follow_refund(account_id=account.id, told=told(one), at=LATER)
        assert ledger_balance("refunding") == (Money(0),)
        assert ledger_balance("clearing:pix") == (Money(0),)
        assert not CreditNote.objects.exists()

    def test_credit_that_does_not_go_back_is_there_again(self, tenant, provider):
        invoice, account = an_invoice(), an_account()
        wrong = a_payment(invoice.id, amount=Money(3000))
        book_payment(account_id=account.id, paid=wrong, at=NOON)
        provider.refund_ends = RefundStatus.FAILED

        refund(invoice, 3000)

        assert wallet_balance(invoice.customer_id) == (Money(3000),)

    def test_credit_that_was_spent_does_not_go_back(self, tenant, provider):
        invoice, account = an_invoice(), an_account()
        wrong = a_payment(invoice.id, amount=Money(3000))
        book_payment(account_id=account.id, paid=wrong, at=NOON)
        adjust_wallet(
            customer_id=invoice.customer_id, amount=Money(-1), reason="tarifa", at=NOON
        )

        with pytest.raises(NotEnoughBalance):
            begin(invoice, 3000)

    def test_money_of_nobody_leaves_suspense(self, tenant, provider):
        account = an_account()
        book_payment(account_id=account.id, paid=a_payment(), at=NOON)
        refund_id = begin_refund(
            payment_id=Payment.objects.get().id, cents=4990, reason="engano", at=NOON
        )

        request_refund(refund_id=refund_id, at=NOON)

        assert ledger_balance("suspense") == (Money(0),)
        assert ledger_balance("clearing:pix") == (Money(0),)

    def test_what_came_by_hand_goes_back_by_hand(self, tenant):
        invoice = an_invoice()
        record_payment(invoice_id=invoice.id, told=by_hand(4990), at=NOON)

        begin(invoice, 990, reference="TED 77")

        assert Refund.objects.get().status == "succeeded"
        assert ledger_balance("bank") == (Money(4000),)
        assert CreditNote.objects.get().total_cents == 990

    def test_of_a_void_invoice_leaves_the_wallet(self, tenant, provider):
        invoice = an_invoice()
        record_payment(invoice_id=invoice.id, told=by_hand(1000), at=NOON)
        void_invoice(invoice_id=invoice.id, at=NOON)

        begin(invoice, 1000, reference="TED 78")

        assert wallet_balance(invoice.customer_id) == ()
        assert ledger_balance("bank") == (Money(0),)

    def test_an_invoice_waits_for_its_refunds_before_it_is_void(self, tenant, provider):
        invoice, account = an_invoice(), an_account()
        record_payment(invoice_id=invoice.id, told=by_hand(1000), at=NOON)
        Invoice.objects.get(pk=invoice.id).send_back(500)

        with pytest.raises(InvoiceNotOpen):
            void_invoice(invoice_id=invoice.id, at=NOON)
        assert account


class TestMadeElsewhere:
    def test_is_followed_by_the_books(self, paid, published):
        payment = Payment.objects.get()
        made = ProviderRefund("re_1", payment.reference, Money(990), RefundStatus.SUCCEEDED)

        booked = [
            follow_refund(account_id=payment.account_id, told=made, at=LATER) for _ in range(3)
        ]

        assert booked == [True, False, False]
        assert Refund.objects.get().amount == Money(990)
        assert ledger_balance("revenue") == (Money(-4000),)

    def test_is_not_news_before_its_payment_is(self, tenant):
        account = an_account()
        made = ProviderRefund("re_1", "E404", Money(990), RefundStatus.SUCCEEDED)

        assert not follow_refund(account_id=account.id, told=made, at=LATER)
        assert not Refund.objects.exists()

    def test_comes_along_when_the_payment_is_read(self, paid, provider):
        one = refund(paid, 990)
        provider.receive(a_payment(paid.id, reference=one.payment.reference))

        reading = provider.read(f"pix:{one.payment.reference}")
        assert apply_reading(account_id=one.account_id, reading=reading, at=LATER) == 0

    def test_of_credit_that_was_spent_stands_in_nobody_elses_way(self, tenant, provider):
        """Or one refund that the books cannot follow would hide every lost payment after it."""
        spent, asked, account = an_invoice(), an_invoice(), an_account()
        wrong = a_payment(spent.id, amount=Money(3000))
        book_payment(account_id=account.id, paid=wrong, at=NOON)
        adjust_wallet(
            customer_id=spent.customer_id, amount=Money(-3000), reason="tarifa", at=NOON
        )
        provider.refunds["re_1"] = ProviderRefund(
            "re_1", wrong.reference, Money(3000), RefundStatus.SUCCEEDED
        )
        lost = a_payment(asked.id)
        provider.readings_since = lambda since, until: iter(["refund:re_1", lost.read_as])
        provider.receive(lost)

        assert reconcile(account_id=account.id, since=NOON, at=LATER) == 1

        assert billing.invoice(asked.id).status == "paid"
        assert not Refund.objects.exists()
        assert GatewayAccount.objects.get(pk=account.id).reconciled_at > NOON

    def test_of_credit_that_was_spent_is_refused_by_name(self, tenant, provider):
        spent, account = an_invoice(), an_account()
        wrong = a_payment(spent.id, amount=Money(3000))
        book_payment(account_id=account.id, paid=wrong, at=NOON)
        adjust_wallet(
            customer_id=spent.customer_id, amount=Money(-2500), reason="tarifa", at=NOON
        )
        small, large = (
            ProviderRefund(name, wrong.reference, Money(cents), RefundStatus.SUCCEEDED)
            for name, cents in (("re_500", 500), ("re_2500", 2500))
        )

        asked = an_invoice()
        reading = Reading(payments=(a_payment(asked.id),), refunds=(large, small))

        with pytest.raises(Refusal, match="re_2500: not_enough_balance"):
            apply_reading(account_id=account.id, reading=reading, at=LATER)

        assert billing.invoice(asked.id).status == "paid"
        assert Refund.objects.get().external_id == "re_500"
        assert wallet_balance(spent.customer_id) == ()
        assert ledger_imbalance() == 0

    def test_of_an_old_pix_is_followed_all_the_same(self, paid):
        payment = Payment.objects.get()
        made = ProviderRefund("re_1", payment.reference, Money(990), RefundStatus.SUCCEEDED)

        assert follow_refund(
            account_id=payment.account_id, told=made, at=NOON + timedelta(days=91)
        )


class TestDatabase:
    def test_refuses_more_back_than_came(self, paid):
        one = refund(paid, 4000)
        facts = {
            "payment": one.payment,
            "account_id": one.account_id,
            "customer_id": one.customer_id,
            "source": "wallet",
            "currency": "BRL",
            "idempotency_key": "k",
            "begun_at": NOON,
            "checked_at": NOON,
        }

        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.create(amount_cents=991, **facts)
        Refund.objects.create(amount_cents=990, **facts)
