"""Money is recorded once, and only the right money activates."""

import pytest

from alicerce.apps.billing.models import Invoice, Payment
from alicerce.apps.billing.queries.payments import misfits, wallet_balance
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.ledger.public import ledger_balance
from alicerce.kernel.money import Money


def names(published):
    return [event.name for event in published]


class TestBookPayment:
    def test_settles_the_invoice_it_fits(self, tenant, published):
        invoice, account = an_invoice(), an_account()

        assert book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        invoice.refresh_from_db()
        assert (invoice.status, invoice.paid_at) == ("paid", NOON)
        assert names(published).count("invoice.paid") == 1
        assert ledger_balance("receivable") == (Money(0),)
        assert ledger_balance("clearing:pix") == (Money(4990),)
        assert ledger_balance("revenue") == (Money(-4990),)

    def test_hears_the_same_payment_many_times_and_books_it_once(self, tenant, published):
        invoice, account, paid = an_invoice(), an_account(), a_payment()
        paid = a_payment(invoice.id)

        booked = [book_payment(account_id=account.id, paid=paid, at=NOON) for _ in range(5)]

        assert booked == [True, False, False, False, False]
        assert names(published).count("invoice.paid") == 1
        assert ledger_balance("clearing:pix") == (Money(4990),)

    @pytest.mark.parametrize(
        ("amount", "reason"),
        [
            (Money(4989), "amount"),
            (Money(1), "amount"),
            (Money(499000), "amount"),
            (Money(4990, "USD"), "currency"),
        ],
    )
    def test_keeps_other_money_for_the_customer(self, tenant, published, amount, reason):
        invoice, account = an_invoice(), an_account()

        book_payment(account_id=account.id, paid=a_payment(invoice.id, amount=amount), at=NOON)

        invoice.refresh_from_db()
        assert invoice.status == "open"
        assert wallet_balance(invoice.customer_id) == (amount,)
        assert [(p.fit, p.reason) for p in misfits()] == [("credited", reason)]
        assert "invoice.paid" not in names(published)
        assert "payment.misfit" in names(published)

    def test_keeps_a_second_payment_for_the_customer(self, tenant, published):
        invoice, account = an_invoice(), an_account()

        for _ in range(2):
            book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        assert names(published).count("invoice.paid") == 1
        assert wallet_balance(invoice.customer_id) == (Money(4990),)
        assert misfits()[0].reason == "already_paid"

    def test_keeps_what_was_paid_for_a_void_invoice(self, tenant, published):
        invoice, account = an_invoice(), an_account()
        void_invoice(invoice_id=invoice.id, at=NOON)

        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        invoice.refresh_from_db()
        assert invoice.status == "void"
        assert wallet_balance(invoice.customer_id) == (Money(4990),)
        assert ledger_balance("revenue") == (Money(0),)

    def test_holds_money_of_nobody_we_know_in_suspense(self, tenant, published):
        account = an_account()

        book_payment(account_id=account.id, paid=a_payment(), at=NOON)

        payment = Payment.objects.get()
        assert (payment.fit, payment.reason, payment.customer_id) == (
            "flagged",
            "no_invoice",
            None,
        )
        assert ledger_balance("suspense") == (Money(-4990),)

    def test_never_settles_the_invoice_of_another_tenant(self, tenant, other_tenant):
        with other_tenant:
            theirs = an_invoice()
        account = an_account()

        book_payment(account_id=account.id, paid=a_payment(theirs.id), at=NOON)

        assert Payment.objects.get().reason == "no_invoice"
        assert not Invoice.objects.exists()
