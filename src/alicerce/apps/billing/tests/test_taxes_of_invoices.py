"""Taxes of invoices: in the lines, the books and every correction, the same cents."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NotCreditable
from alicerce.apps.billing.models import CreditNoteTax, InvoiceLine, InvoiceLineTax
from alicerce.apps.billing.rules.giving_back import given_back, gross_of
from alicerce.apps.billing.rules.levying import levied
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.invoice_change import invoice_change
from alicerce.apps.billing.services.open_invoice import open_invoices
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import NOON, an_invoice, by_hand
from alicerce.apps.billing.types import LineKind, NewInvoice, NewLine
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.types.taxes import LineTax, TaxTaken
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.ledger.queries.books import receivable_difference
from alicerce.apps.taxes.tests.factories import a_tax
from alicerce.apps.taxes.types import Levy, Manner, TaxKind, Withholding
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

DUE = NOON.date()


def lines(*cents):
    return [NewLine(f"Item {place}", 1, Money(each)) for place, each in enumerate(cents, 1)]


def _line_tax(row):
    return LineTax(1, row.levy(), row.base_cents, row.amount_cents)


def shown(invoice):
    rows = InvoiceLine.objects.filter(invoice_id=invoice.id).order_by("position")
    return [(row.kind, row.total_cents) for row in rows]


def books():
    """Receivable, revenue, tax owed, tax kept back; what balances in all."""
    accounts = ("receivable", "revenue", "tax_payable", "tax_withheld")
    assert ledger_imbalance() == 0
    return [sum(one.cents for one in ledger_balance(name)) for name in accounts]


def credit(invoice, cents, position=None):
    return credit_invoice(
        invoice_id=invoice.id, wanted=[Credited(cents, position)], reason="acordo", at=NOON
    )


class TestInvoice:
    def test_without_taxes_is_what_it_was(self, tenant):
        invoice = an_invoice(lines=lines(1000))

        assert shown(invoice) == [("plan", 1000)]
        assert books() == [1000, -1000, 0, 0]

    def test_shows_what_comes_on_top_and_books_it_as_owed(self, tenant):
        a_tax()

        invoice = an_invoice(lines=lines(1000, 999))

        assert shown(invoice) == [("plan", 1000), ("plan", 999), ("tax", 100)]
        assert books() == [2099, -1999, -100, 0]
        assert [row.amount_cents for row in InvoiceLineTax.objects.order_by("position")] == [
            50,
            50,
        ]

    def test_within_the_price_changes_no_figure_but_the_books(self, tenant):
        a_tax(manner=Manner.WITHIN)
        a_tax(name="CBS", kind=TaxKind.CBS, rate_ppm=9_000, manner=Manner.INCLUDED)

        invoice = an_invoice(lines=lines(10_000))

        assert shown(invoice) == [("plan", 10_000)]
        assert books() == [10_000, -9411, -589, 0]

    def test_asks_for_less_where_the_customer_keeps_tax_back(self, tenant):
        customer = a_customer(iss_withheld=True)
        a_tax(manner=Manner.WITHIN, withholding=Withholding.CUSTOMER)

        invoice = an_invoice(customer_id=customer.id, lines=lines(10_000))

        assert shown(invoice) == [("plan", 10_000), ("withheld", -500)]
        assert books() == [9500, -9500, -500, 500]

    def test_is_what_was_previewed_and_of_funds_has_none(self, tenant):
        a_tax(rate_ppm=33_333)
        customer = a_customer()

        seen = billing.preview_taxes(customer_id=customer.id, lines=lines(999, 1), at=NOON)
        invoice = an_invoice(customer_id=customer.id, lines=lines(999, 1))
        funds = ask_funds(customer_id=customer.id, amount=Money(5000), due_on=DUE, at=NOON)

        assert seen.total == invoice.total == Money(1033)
        assert billing.invoice(funds).total == Money(5000)

    def test_takes_no_tax_once_it_is_open(self, tenant):
        a_tax()
        invoice = an_invoice()
        row = InvoiceLineTax.objects.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            InvoiceLineTax.write([(invoice.id, [_line_tax(row)])])

    def test_of_many_takes_as_many_statements_as_of_one(self, tenant):
        a_tax()
        customers = [a_customer() for _ in range(6)]
        drafts = [NewInvoice(each.id, lines(1000), DUE) for each in customers]
        with CaptureQueriesContext(connection) as one:
            open_invoices(drafts=drafts[:1], at=NOON)
        with CaptureQueriesContext(connection) as many:
            open_invoices(drafts=drafts[1:], at=NOON)

        assert len(many) == len(one)


class TestCorrection:
    def test_gives_the_tax_of_its_line_back_and_the_last_one_the_rest(self, tenant):
        a_tax(rate_ppm=200_000)
        invoice = an_invoice(lines=lines(6833, 6833))  # 27.33 of tax: 163.99 in all

        credit(invoice, 8200)
        assert books() == [8199, -6833, -1366, 0]
        credit(invoice, 8199)

        assert billing.invoice(invoice.id).status == "void"
        assert books() == [0, 0, 0, 0]

    def test_of_a_line_is_of_all_that_it_asks_for(self, tenant):
        a_tax(rate_ppm=100_000)
        invoice = an_invoice(lines=lines(1000, 500))

        with pytest.raises(NotCreditable):
            credit(invoice, 1101, position=1)
        with pytest.raises(NotCreditable):
            credit(invoice, 1, position=3)  # the tax goes with its lines
        credit(invoice, 1100, position=1)

        assert books() == [550, -500, -50, 0]
        assert sum(CreditNoteTax.objects.values_list("amount_cents", flat=True)) == 100

    def test_by_a_refund_takes_its_share_of_tax(self, tenant):
        a_tax(rate_ppm=100_000)
        invoice = an_invoice(lines=lines(1000))
        record_payment(invoice_id=invoice.id, told=by_hand(1100), at=NOON)
        payment = billing.invoice_detail(invoice.id).payments[0]

        begin_refund(
            payment_id=payment.id, cents=550, reason="metade", reference="TED 1", at=NOON
        )

        assert books() == [0, -500, -50, 0]

    def test_by_voiding_takes_all_that_is_left(self, tenant):
        customer = a_customer(iss_withheld=True)
        a_tax(withholding=Withholding.CUSTOMER)
        invoice = an_invoice(customer_id=customer.id, lines=lines(1001))
        credit(invoice, 333)

        void_invoice(invoice_id=invoice.id, at=NOON)

        assert books() == [0, 0, 0, 0]
        assert receivable_difference() == {}

    def test_of_a_plan_gives_back_the_taxes_that_it_was_charged_with(self, tenant):
        customer, subscription = a_customer(), uuid7()
        before = an_invoice(customer_id=customer.id, lines=lines(10_000))
        a_tax(rate_ppm=100_000)
        back = NewLine(
            "Antes", 1, Money(-5000), LineKind.CREDIT, subscription, given_back_of=before.id
        )

        invoice_id = invoice_change(
            customer_id=customer.id,
            lines=[back, NewLine("Depois", 1, Money(4000), LineKind.DEBIT, subscription)],
            due_on=DUE,
            at=NOON,
        )

        assert billing.invoice(invoice_id).total == Money(0)
        assert ledger_balance("tax_payable") == (Money(-400),)
        assert billing.wallet_balance(customer.id) == (Money(600),)


levies = st.lists(
    st.builds(
        lambda n, ppm, manner, kept: Levy(uuid7(), f"T{n}", TaxKind.OTHER, ppm, manner, kept),
        st.integers(0, 9),
        st.integers(1, 300_000),
        st.sampled_from(Manner),
        st.booleans(),
    ),
    max_size=4,
)


class TestInAnySplit:
    @settings(max_examples=60, deadline=None)
    @given(levies, st.lists(st.integers(1, 100_000), min_size=1, max_size=5), st.data())
    def test_taxes_of_lines_are_the_document_s_and_all_of_them_come_back(
        self, own, cents, data
    ):
        asked = lines(*cents)
        chosen = [
            tuple(data.draw(st.lists(st.sampled_from(own), unique=True)) if own else ())
            for _ in asked
        ]
        found = levied(asked, chosen, added=str, withheld=str)
        _each_is_rounded_once(own, found, asked, chosen)
        total = sum(line.total.cents for line in found.lines)
        if total <= 0:
            return
        taken = [
            TaxTaken(
                uuid7(),
                one.position,
                one.levy.tax_id,
                one.levy.manner,
                one.is_withheld,
                one.cents,
                0,
            )
            for one in found.taxes
        ]

        assert _in_parts(taken, asked, total, data) == {
            one.id: one.cents for one in taken if one.cents
        }


def _each_is_rounded_once(own, found, asked, chosen):
    on_top = sum(one.cents for one in found.taxes if one.levy.manner == Manner.ADDED)
    kept = sum(one.cents for one in found.taxes if one.is_withheld)
    assert sum(line.total.cents for line in found.lines) == (
        sum(line.total.cents for line in asked) + on_top - kept
    )
    for levy in own:
        if levy.manner == Manner.WITHIN:
            base = sum(
                line.total.cents
                for line, each in zip(asked, chosen, strict=True)
                if levy in each
            )
            mine = sum(one.cents for one in found.taxes if one.levy == levy)
            assert mine == half_up(Fraction(base * levy.rate_ppm, 1_000_000))


def _in_parts(taken, asked, total, data):
    """Notes of the whole and of lines, until nothing is left."""
    gross = {n: gross_of(n, line.total.cents, taken) for n, line in enumerate(asked, 1)}
    before, of_lines, back = 0, {}, {one.id: 0 for one in taken}
    while before < total:
        position = data.draw(st.sampled_from([None, *gross]))
        most = total - before
        if position:
            most = min(most, gross[position] - of_lines.get(position, 0))
        if most <= 0:
            position, most = None, total - before
        cents = data.draw(st.one_of(st.integers(1, most), st.just(most)))
        now = [_with(one, back[one.id]) for one in taken]
        share = given_back(
            now,
            [Credited(cents, position)],
            total=total,
            credited_before=before,
            gross_of_lines=gross,
            credited_of_lines=of_lines,
        )
        for id_, amount in share.items():
            back[id_] += amount
        before += cents
        if position:
            of_lines[position] = of_lines.get(position, 0) + cents
    return {id_: amount for id_, amount in back.items() if amount}


def _with(one, given):
    return replace(one, given_back=given)
