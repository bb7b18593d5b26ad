"""Credit of customers: drawn from the ledger, used by itself, never below zero."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen, MoreThanRemains, NotEnoughBalance
from alicerce.apps.billing.models import Charge, Invoice, Ruling, Wallet, WalletUse
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.use_wallet import use_wallet, use_wallet_after_misfit
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
    give_credit,
)
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.ledger.types import Posting
from alicerce.kernel.money import Money


def names(published):
    return [event.name for event in published]


class TestUseByItself:
    @pytest.mark.parametrize(
        ("held", "left", "remaining"), [(10000, 5000, 0), (5000, 0, 0), (2000, 0, 3000)]
    )
    def test_pays_what_it_can(self, tenant, published, held, left, remaining):
        customer = a_customer()
        give_credit(customer.id, Money(held))

        invoice = an_invoice(Money(5000), customer_id=customer.id)

        assert invoice.status == ("open" if remaining else "paid")
        assert invoice.remaining == Money(remaining)
        assert sum(one.cents for one in wallet_balance(customer.id)) == left
        assert names(published).count("invoice.paid") == (not remaining)
        assert ledger_balance("receivable") == (Money(remaining),)

    def test_does_nothing_where_the_company_wants_to_be_asked(self, tenant):
        Ruling.objects.create(uses_wallet=False)
        customer = a_customer()
        give_credit(customer.id, Money(10000))

        assert an_invoice(customer_id=customer.id).status == "open"
        assert wallet_balance(customer.id) == (Money(10000),)

    def test_leaves_other_currencies_alone(self, tenant):
        customer = a_customer()
        give_credit(customer.id, Money(10000, "USD"))

        assert an_invoice(customer_id=customer.id).remaining == Money(4990)

    def test_finishes_an_overpaid_invoice_and_keeps_the_surplus(self, tenant, published):
        invoice, account = an_invoice(Money(10000)), an_account()
        paid = a_payment(invoice.id, amount=Money(15000))
        book_payment(account_id=account.id, paid=paid, at=NOON)

        use_wallet_after_misfit(invoice_id=invoice.id, at=NOON)

        assert billing.invoice(invoice.id).status == "paid"
        assert billing.remaining_of(invoice.id) == Money(0)
        assert wallet_balance(invoice.customer_id) == (Money(5000),)
        assert names(published).count("invoice.paid") == 1

    def test_leaves_an_underpaid_invoice_to_its_customer(self, tenant, published):
        invoice, account = an_invoice(Money(10000)), an_account()
        paid = a_payment(invoice.id, amount=Money(4000))
        book_payment(account_id=account.id, paid=paid, at=NOON)

        use_wallet_after_misfit(invoice_id=invoice.id, at=NOON)

        assert wallet_balance(invoice.customer_id) == (Money(4000),)
        assert "invoice.paid" not in names(published)


class TestUseWallet:
    def test_pays_a_part_and_the_next_charge_asks_for_the_rest(self, tenant):
        invoice = an_invoice()
        an_account()
        give_credit(invoice.customer_id, Money(1000))

        assert use_wallet(invoice_id=invoice.id, at=NOON) == Money(1000)
        charge_id = begin_charge(
            invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="https://x/", at=NOON
        )

        assert Charge.objects.get(pk=charge_id).amount == Money(3990)

    def test_outdates_a_charge_that_asks_for_too_much(self, tenant, published):
        invoice, account = an_invoice(), an_account()
        charge_id = begin_charge(
            invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="https://x/", at=NOON
        )
        give_credit(invoice.customer_id, Money(1000))

        use_wallet(invoice_id=invoice.id, at=NOON)

        assert Charge.objects.get(pk=charge_id).status == "expired"
        assert "charge.outdated" in names(published)
        book_payment(
            account_id=account.id, paid=a_payment(charge_id=charge_id), at=NOON
        )  # paid all the same: credit, and enough for the rest
        use_wallet_after_misfit(invoice_id=invoice.id, at=NOON)
        assert billing.invoice(invoice.id).status == "paid"
        assert wallet_balance(invoice.customer_id) == (Money(1000),)

    def test_accepts_a_payment_of_exactly_the_rest(self, tenant):
        invoice, account = an_invoice(), an_account()
        give_credit(invoice.customer_id, Money(1000))
        use_wallet(invoice_id=invoice.id, at=NOON)

        book_payment(
            account_id=account.id, paid=a_payment(invoice.id, amount=Money(3990)), at=NOON
        )

        assert billing.invoice(invoice.id).status == "paid"
        assert ledger_balance("receivable") == (Money(0),)

    def test_refuses_what_is_not_there_or_not_asked_for(self, tenant):
        invoice = an_invoice()
        with pytest.raises(NotEnoughBalance):
            use_wallet(invoice_id=invoice.id, at=NOON)
        give_credit(invoice.customer_id, Money(1000))
        with pytest.raises(NotEnoughBalance):
            use_wallet(invoice_id=invoice.id, cents=1001, at=NOON)
        with pytest.raises(MoreThanRemains):
            use_wallet(invoice_id=invoice.id, cents=4991, at=NOON)
        with pytest.raises(MoreThanRemains):
            use_wallet(invoice_id=invoice.id, cents=-5, at=NOON)

    def test_does_not_pay_what_is_paid(self, tenant):
        invoice = a_paid_invoice(account=an_account())
        give_credit(invoice.customer_id, Money(1000))

        with pytest.raises(InvoiceNotOpen):
            use_wallet(invoice_id=invoice.id, at=NOON)

    def test_comes_back_when_the_invoice_is_void(self, tenant):
        invoice = an_invoice()
        give_credit(invoice.customer_id, Money(1000))
        use_wallet(invoice_id=invoice.id, at=NOON)

        void_invoice(invoice_id=invoice.id, at=NOON)

        assert billing.invoice(invoice.id).status == "void"
        assert wallet_balance(invoice.customer_id) == (Money(1000),)
        assert ledger_balance("receivable") == (Money(0),)
        assert ledger_balance("revenue") == (Money(0),)
        assert ledger_imbalance() == 0


class TestAdjustWallet:
    def test_gives_and_takes_with_a_reason(self, tenant):
        customer = a_customer()

        give_credit(customer.id, Money(500))
        adjust_wallet(customer_id=customer.id, amount=Money(-200), reason="engano", at=NOON)

        assert wallet_balance(customer.id) == (Money(300),)
        assert ledger_balance("goodwill") == (Money(300),)

    def test_never_goes_below_zero(self, tenant):
        customer = a_customer()
        give_credit(customer.id, Money(500))

        with pytest.raises(NotEnoughBalance):
            adjust_wallet(customer_id=customer.id, amount=Money(-501), reason="x", at=NOON)

    def test_the_database_keeps_the_same_promise(self, tenant):
        customer = a_customer()
        give_credit(customer.id, Money(500))
        sides = [Posting("wallet", Money(501), customer.id), Posting("bank", Money(-501))]

        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerTransaction.post(kind="test", key="k", postings=sides, at=NOON)

        assert Wallet.objects.get().balance == Money(500)


class TestAskFunds:
    def test_becomes_credit_and_not_revenue_when_it_is_paid(self, tenant, published):
        customer, account = a_customer(), an_account()
        invoice_id = ask_funds(
            customer_id=customer.id, amount=Money(5000), due_on=date(2026, 9, 5), at=NOON
        )
        assert wallet_balance(customer.id) == ()

        book_payment(
            account_id=account.id, paid=a_payment(invoice_id, amount=Money(5000)), at=NOON
        )

        assert wallet_balance(customer.id) == (Money(5000),)
        assert ledger_balance("revenue") == ()
        assert ledger_balance("deposits") == (Money(0),)
        assert "wallet.moved" in names(published)

    def test_is_never_paid_with_credit(self, tenant):
        customer = a_customer()
        give_credit(customer.id, Money(9000))

        invoice_id = ask_funds(
            customer_id=customer.id, amount=Money(5000), due_on=date(2026, 9, 5), at=NOON
        )

        assert Invoice.objects.get(pk=invoice_id).status == "open"
        assert not WalletUse.objects.exists()
        with pytest.raises(InvoiceNotOpen):
            use_wallet(invoice_id=invoice_id, at=NOON)

    def test_leaves_no_revenue_when_it_is_void(self, tenant):
        customer = a_customer()
        invoice_id = ask_funds(
            customer_id=customer.id, amount=Money(5000), due_on=date(2026, 9, 5), at=NOON
        )

        void_invoice(invoice_id=invoice_id, at=NOON)

        assert ledger_balance("deposits") == (Money(0),)
        assert ledger_balance("receivable") == (Money(0),)
