"""What is open is corrected by notes with numbers of their own: never more than the invoice, never changed."""

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import (
    InvoiceNotOpen,
    MoreThanRemains,
    NotCreditable,
    ReferenceUsed,
)
from alicerce.apps.billing.models import CreditNote, CreditNoteLine, Invoice
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.use_wallet import use_wallet
from alicerce.apps.billing.services.write_off import write_off
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
    by_hand,
    give_credit,
)
from alicerce.apps.billing.types import NewLine
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.ledger.queries.books import receivable_difference, statement, trial_balance
from alicerce.kernel.money import Money


def credit(invoice, cents, position=None):
    return credit_invoice(
        invoice_id=invoice.id, wanted=[Credited(cents, position)], reason="acordo", at=NOON
    )


def names(published):
    return [event.name for event in published]


class TestCreditInvoice:
    def test_takes_off_what_is_still_asked_for(self, tenant, published):
        invoice = an_invoice(Money(1200))

        credit(invoice, 300)

        assert billing.remaining_of(invoice.id) == Money(900)
        assert ledger_balance("receivable") == (Money(900),)
        assert ledger_balance("revenue") == (Money(-900),)
        assert "invoice.partly_paid" in names(published)

    def test_of_the_whole_of_an_unpaid_invoice_voids_it(self, tenant, published):
        invoice = an_invoice(Money(1200))

        credit(invoice, 1200)

        assert billing.invoice(invoice.id).status == "void"
        assert names(published).count("invoice.voided") == 1
        assert ledger_balance("receivable") == (Money(0),)

    def test_of_a_paid_invoice_becomes_credit(self, tenant):
        invoice = a_paid_invoice(Money(1200), account=an_account())

        credit(invoice, 500)

        assert billing.invoice(invoice.id).status == "paid"
        assert wallet_balance(invoice.customer_id) == (Money(500),)
        assert ledger_balance("revenue") == (Money(-700),)

    def test_of_the_rest_of_a_partly_paid_invoice_leaves_it_paid(self, tenant, published):
        invoice = an_invoice(Money(1200))
        record_payment(invoice_id=invoice.id, told=by_hand(300), at=NOON)

        credit(invoice, 900)

        assert billing.invoice(invoice.id).status == "paid"
        assert names(published).count("invoice.paid") == 1

    def test_of_all_of_a_partly_paid_invoice_gives_the_payment_back_as_credit(self, tenant):
        invoice = an_invoice(Money(1200))
        record_payment(invoice_id=invoice.id, told=by_hand(300), at=NOON)

        credit(invoice, 1200)

        assert billing.invoice(invoice.id).status == "void"
        assert wallet_balance(invoice.customer_id) == (Money(300),)
        assert ledger_balance("revenue") == (Money(0),)
        assert ledger_balance("receivable") == (Money(0),)

    def test_is_never_more_than_the_invoice(self, tenant):
        invoice = a_paid_invoice(Money(1200), account=an_account())
        credit(invoice, 1000)

        for cents in (201, 0, -5):
            with pytest.raises(NotCreditable):
                credit(invoice, cents)
        credit(invoice, 200)
        with pytest.raises(NotCreditable):
            credit(invoice, 1)

    def test_is_never_more_than_the_line_it_is_of(self, tenant):
        lines = [NewLine("Plano", 1, Money(1000)), NewLine("Disco", 2, Money(100))]
        invoice = an_invoice(lines=lines)

        with pytest.raises(NotCreditable):
            credit(invoice, 201, position=2)
        credit(invoice, 150, position=2)
        with pytest.raises(NotCreditable):
            credit(invoice, 51, position=2)

        assert CreditNoteLine.objects.get().line.description == "Disco"

    def test_has_numbers_without_gaps(self, tenant):
        invoice = an_invoice(Money(1200))
        credit(invoice, 100)
        with pytest.raises(NotCreditable):
            credit(invoice, 5000)
        credit(invoice, 100)

        codes = [note.code for note in CreditNote.objects.order_by("number")]
        assert codes == ["NC1", "NC2"]

    @pytest.mark.parametrize("change", [{"total_cents": 1}, {"number": 9}, {"reason": "x"}])
    def test_does_not_change(self, tenant, change):
        credit(an_invoice(Money(1200)), 100)

        with pytest.raises(IntegrityError), transaction.atomic():
            CreditNote.objects.update(**change)
        CreditNote.objects.update(reason="")  # once no law wants its words any more


class TestRecordPayment:
    def test_settles_like_any_payment(self, tenant, published):
        invoice = an_invoice()

        record_payment(invoice_id=invoice.id, told=by_hand(4990), at=NOON)

        assert billing.invoice(invoice.id).status == "paid"
        assert ledger_balance("bank") == (Money(4990),)
        assert names(published).count("invoice.paid") == 1

    def test_may_be_a_part(self, tenant, published):
        invoice = an_invoice()

        record_payment(invoice_id=invoice.id, told=by_hand(990), at=NOON)

        assert billing.remaining_of(invoice.id) == Money(4000)
        assert "invoice.paid" not in names(published)

    def test_refuses_more_than_remains_and_a_reference_twice(self, tenant):
        invoice = an_invoice()
        record_payment(invoice_id=invoice.id, told=by_hand(10, reference="DOC 1"), at=NOON)

        with pytest.raises(ReferenceUsed):
            record_payment(invoice_id=invoice.id, told=by_hand(20, reference="DOC 1"), at=NOON)
        for cents in (4981, 0, -1):
            with pytest.raises(MoreThanRemains):
                record_payment(invoice_id=invoice.id, told=by_hand(cents), at=NOON)
        assert billing.remaining_of(invoice.id) == Money(4980)

    def test_refuses_what_is_not_open(self, tenant):
        invoice = a_paid_invoice(account=an_account())

        with pytest.raises(InvoiceNotOpen):
            record_payment(invoice_id=invoice.id, told=by_hand(1), at=NOON)


class TestWriteOff:
    def test_gives_up_what_is_left_and_still_takes_late_money(self, tenant, published):
        invoice, account = an_invoice(), an_account()

        assert write_off(invoice_id=invoice.id, reason="sumiu", at=NOON)
        assert not write_off(invoice_id=invoice.id, reason="sumiu", at=NOON)
        assert ledger_balance("bad_debt") == (Money(4990),)
        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        assert billing.invoice(invoice.id).status == "paid"
        assert ledger_balance("bad_debt") == (Money(0),)
        assert ledger_balance("receivable") == (Money(0),)
        assert names(published).count("invoice.paid") == 1

    def test_takes_late_money_in_parts(self, tenant):
        invoice = an_invoice()
        write_off(invoice_id=invoice.id, reason="sumiu", at=NOON)

        record_payment(invoice_id=invoice.id, told=by_hand(990), at=NOON)
        give_credit(invoice.customer_id, Money(9000))
        use_wallet(invoice_id=invoice.id, at=NOON)

        assert billing.invoice(invoice.id).status == "paid"
        assert ledger_balance("bad_debt") == (Money(0),)

    def test_can_be_credited_away(self, tenant):
        invoice = an_invoice()
        write_off(invoice_id=invoice.id, reason="sumiu", at=NOON)

        credit(invoice, 4990)

        assert billing.invoice(invoice.id).status == "void"
        assert ledger_balance("bad_debt") == (Money(0),)

    def test_refuses_what_is_paid(self, tenant):
        invoice = a_paid_invoice(account=an_account())

        with pytest.raises(InvoiceNotOpen):
            write_off(invoice_id=invoice.id, reason="x", at=NOON)


class TestDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            {"total_cents": 1},
            {"paid_cents": 9999},
            {"paid_cents": -1},
            {"returned_cents": 1},
            {"kind": "funds"},
            {"status": "draft"},
        ],
    )
    def test_keeps_an_open_invoice_on_its_way(self, tenant, change):
        an_invoice()

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.update(**change)

    @pytest.mark.parametrize(
        "change", [{"status": "open", "paid_at": None}, {"paid_cents": 4980}, {"paid_at": NOON}]
    )
    def test_keeps_a_paid_invoice_paid(self, tenant, change):
        a_paid_invoice(account=an_account())
        if change == {"paid_at": NOON}:
            change = {"paid_at": NOON.replace(hour=13)}

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.update(**change)


class TestBooks:
    def test_the_statement_runs_to_what_is_between_us(self, tenant):
        invoice = an_invoice(Money(1200))
        give_credit(invoice.customer_id, Money(200))
        use_wallet(invoice_id=invoice.id, at=NOON)
        credit(invoice, 100)
        record_payment(invoice_id=invoice.id, told=by_hand(400), at=NOON)

        told = [
            (line.kind, line.about, line.amount.cents, line.balance.cents)
            for line in statement(invoice.customer_id)
        ]

        assert told == [
            ("invoice.opened", "A1", 1200, 1200),
            ("wallet.adjusted", "", -200, 1000),
            ("wallet.used", "A1", 0, 1000),
            ("invoice.credited", "NC1", -100, 900),
            ("payment.received", "A1", -400, 500),
        ]

    def test_the_trial_balance_sums_to_zero_and_agrees_with_the_invoices(self, tenant):
        invoice = an_invoice(Money(1200))
        credit(invoice, 100)
        give_credit(invoice.customer_id, Money(200))
        write_off(invoice_id=an_invoice().id, reason="x", at=NOON)

        assert sum(line.balance.cents for line in trial_balance()) == 0
        assert receivable_difference() == {}
        assert ledger_imbalance() == 0
