"""Invoices: numbered without gaps, frozen once issued, hidden from others."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen, NoSuchInvoice, NothingToInvoice
from alicerce.apps.billing.models import Draft, Invoice, InvoiceLine
from alicerce.apps.billing.rules.levying import Levying
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types import InvoiceStatus, NewInvoice, NewLine
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.public import ledger_balance
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


class TestOpenInvoice:
    def test_asks_for_the_sum_of_its_lines(self, tenant, published):
        invoice = an_invoice(
            lines=[NewLine("Hospedagem", 2, Money(1500)), NewLine("Desconto", 1, Money(-500))]
        )

        assert invoice.total == Money(2500)
        assert [event.name for event in published][-1] == "invoice.issued"
        assert ledger_balance("receivable") == (Money(2500),)

    def test_gets_the_next_number(self, tenant):
        assert [an_invoice().number for _ in range(3)] == [1, 2, 3]

    def test_counts_for_each_tenant_alone(self, tenant, other_tenant):
        an_invoice()
        with other_tenant:
            assert an_invoice().number == 1

    def test_gives_a_number_back_when_it_fails(self, tenant):
        def fail():
            with transaction.atomic():
                an_invoice()
                an_invoice(customer_id=uuid7())

        with pytest.raises(IntegrityError):
            fail()

        assert an_invoice().number == 1

    def test_is_one_for_each_order(self, tenant):
        order_id, customer_id = uuid7(), a_customer().id
        given = {"order_id": order_id, "customer_id": customer_id}

        assert an_invoice(**given).id == an_invoice(**given).id
        assert LedgerTransaction.objects.count() == 1

    def test_is_paid_at_once_when_it_costs_nothing(self, tenant, published):
        invoice = an_invoice(Money(0))

        assert invoice.status == InvoiceStatus.PAID
        assert "invoice.paid" in [event.name for event in published]
        assert not LedgerTransaction.objects.exists()

    def test_refuses_an_invoice_of_nothing(self, tenant):
        with pytest.raises(NothingToInvoice):
            an_invoice(lines=[])


class TestIssuedInvoice:
    @pytest.mark.parametrize(
        "change",
        [
            {"total_cents": 1},
            {"number": 99},
            {"due_on": date(2030, 1, 1)},
            {"currency": "USD"},
            {"status": "draft", "number": None, "opened_at": None},
        ],
    )
    def test_does_not_change(self, tenant, change):
        invoice = an_invoice()

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=invoice.id).update(**change)

    def test_is_never_deleted(self, tenant):
        invoice = an_invoice()

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=invoice.id).delete()

    def test_keeps_its_lines(self, tenant):
        invoice = an_invoice()
        lines = InvoiceLine.objects.filter(invoice_id=invoice.id)

        for change in (
            lines.delete,
            lambda: lines.update(description="outra"),
            lambda: InvoiceLine.write([(invoice.id, [NewLine("mais", 1, Money(1))])]),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_asks_for_nothing_but_its_lines(self, tenant):
        lines = [NewLine("Hospedagem", 1, Money(100))]
        asked = NewInvoice(a_customer().id, lines, date(2026, 9, 1))
        draft = Draft(uuid7(), asked, Levying(lines, []), Money(99))
        Invoice.objects.draft_all([draft])
        InvoiceLine.write([(draft.id, lines)])

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.open_all([draft], at=NOON)

    def test_stays_paid(self, tenant):
        invoice, account = an_invoice(), an_account()
        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=invoice.id).update(status="open", paid_at=None)


class TestVoidInvoice:
    def test_takes_the_claim_back_once(self, tenant, published):
        invoice = an_invoice()

        for _ in range(2):
            billing.void_invoice(invoice_id=invoice.id, at=NOON)

        assert [event.name for event in published].count("invoice.voided") == 1
        assert ledger_balance("receivable") == (Money(0),)

    def test_refuses_a_paid_invoice(self, tenant):
        invoice, account = an_invoice(), an_account()
        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        with pytest.raises(InvoiceNotOpen):
            billing.void_invoice(invoice_id=invoice.id, at=NOON)


class TestReading:
    def test_pages_from_the_newest_on(self, tenant):
        made = [an_invoice().number for _ in range(5)]

        first = billing.invoices(limit=2)
        second = billing.invoices(before=first.next_before, limit=2)
        last = billing.invoices(before=second.next_before, limit=2)

        pages = [*first.invoices, *second.invoices, *last.invoices]
        assert [invoice.number for invoice in pages] == made[::-1]
        assert last.next_before is None

    def test_filters_by_status_and_customer(self, tenant):
        open_one, voided = an_invoice(), an_invoice()
        billing.void_invoice(invoice_id=voided.id, at=NOON)

        found = billing.invoices(status=InvoiceStatus.VOID).invoices
        theirs = billing.invoices(customer_ids=[open_one.customer_id]).invoices

        assert [invoice.id for invoice in found] == [voided.id]
        assert [invoice.id for invoice in theirs] == [open_one.id]

    def test_shows_the_whole_story(self, tenant):
        invoice, account = an_invoice(), an_account()
        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON)

        detail = billing.invoice_detail(invoice.id)

        assert detail.summary.status == InvoiceStatus.PAID
        assert [line.total for line in detail.lines] == [Money(4990)]
        assert [payment.amount for payment in detail.payments] == [Money(4990)]

    def test_opens_to_whoever_holds_the_link(self, tenant):
        invoice = an_invoice()

        assert len(invoice.token) == 43
        assert billing.invoice_of_token(invoice.token, at=NOON).id == invoice.id
        with pytest.raises(NoSuchInvoice):
            billing.invoice_of_token("x" * 43, at=NOON)

    def test_knows_nothing_of_the_neighbour(self, tenant, other_tenant):
        with other_tenant:
            theirs = an_invoice(order_id=uuid7())

        assert billing.invoices().invoices == ()
        assert billing.invoice_of_order(theirs.order_id) is None
        for ask in (
            lambda: billing.invoice(theirs.id),
            lambda: billing.invoice_detail(theirs.id),
            lambda: billing.invoice_of_token(theirs.token, at=NOON),
        ):
            with pytest.raises(NoSuchInvoice):
                ask()
