"""Invoices on paper: what they say, what nobody can make them do, and what a failure leaves as it was."""

import re
import zlib
from dataclasses import asdict

import pytest

from alicerce.apps.billing.models import Paper
from alicerce.apps.billing.queries.sheets import (
    credit_note_sheet,
    invoice_sheet,
    receipt_sheet,
    statement_sheet,
)
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.print_paper import print_sheet, throw_papers_away
from alicerce.apps.billing.services.take_over import (
    OldCredit,
    OldInvoice,
    take_over,
    take_over_credit,
)
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types import NewLine, invoice_code
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger import public as ledger
from alicerce.kernel import press as kernel_press
from alicerce.kernel.money import Money
from alicerce.kernel.press import Limits, PressFailed, press
from alicerce.ui.paper import TEMPLATE, Letterhead, Sheet, SheetColumn, SheetTable

HOSTILE = '#read("/etc/passwd") #eval("1+1") ] } $x$ *b* \\ #panic()'


def said(body):
    """The text of a PDF, by its own maps from glyphs to signs."""
    streams = [
        zlib.decompress(found)
        for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
        if found[:1] == b"\x78"
    ]
    return b"\n".join(streams)


def printed(found):
    return print_sheet(sheet=found.sheet, customer_id=found.customer_id, at=NOON)


class TestSheets:
    def test_say_what_the_page_says_in_the_customers_language(self, tenant):
        customer = a_customer(locale="en", name="Ana")
        invoice = an_invoice(
            customer_id=customer.id, lines=[NewLine("Hosting", 2, Money(2_500))]
        )
        book_payment(
            account_id=an_account().id,
            paid=a_payment(invoice.id, amount=Money(5_000)),
            at=NOON,
        )
        credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(1_000)], reason="fora do ar", at=NOON
        )
        note = invoice_sheet(invoice.id, at=NOON)
        receipt = receipt_sheet(invoice.id)

        assert note.sheet.language == "en"
        assert note.sheet.title == f"Invoice no. {invoice.code}"
        assert note.sheet.tables[0].rows == [["Hosting", "", "2", "R$25.00", "R$50.00"]]
        assert [amount for _, amount in note.sheet.tables[0].sums] == [
            "R$50.00",
            "R$50.00",
            "R$10.00",
        ]
        assert receipt.sheet.tables[0].rows[0][-1] == "R$50.00"
        whole = statement_sheet(customer.id, currency="BRL", first=None, last=None)
        assert whole.sheet.tables[0].sums[0][1] == "-R$10.00"

    def test_are_printed_once_and_thrown_away_when_old(self, tenant, monkeypatch):
        found = invoice_sheet(an_invoice().id, at=NOON)
        body = printed(found)
        monkeypatch.setattr(kernel_press, "CHILD", "/nowhere")

        assert body.startswith(b"%PDF-")
        assert printed(found) == body
        assert throw_papers_away(at=NOON) == 0
        assert throw_papers_away(at=NOON.replace(month=11)) == 1
        with pytest.raises(PressFailed):
            printed(found)
        assert not Paper.objects.exists()

    def test_take_what_was_typed_for_words(self, db):
        columns = [SheetColumn("Item", "name")]
        sheet = Sheet(
            HOSTILE,
            Letterhead(HOSTILE, "#2f5fe0"),
            "pt",
            lead=HOSTILE,
            tables=[SheetTable(columns, [[HOSTILE]], HOSTILE, [(HOSTILE, HOSTILE)])],
            notes=[HOSTILE],
            foot=HOSTILE,
        )
        body = press(TEMPLATE, asdict(sheet))

        assert body.startswith(b"%PDF-")
        assert b"root:" not in said(body)

    def test_of_a_customer_who_came_with_books_say_what_was_there(self, tenant):
        customer, hosting = a_customer(), [NewLine("Hospedagem", 1, Money(4_990))]
        old = OldInvoice(customer.id, "W", 31, hosting, due_on=NOON.date(), issued_at=NOON)
        take_over(invoices=[old], at=NOON)
        take_over_credit(held=[OldCredit(customer.id, Money(990), "whmcs:7")], at=NOON)

        owed, held = ledger.statement(customer.id)

        assert (owed.about, owed.balance, held.about) == (
            invoice_code("W", 31),
            Money(4_990),
            "",
        )
        assert held.balance == Money(4_000)

    def test_of_a_credit_note_say_where_it_went(self, tenant):
        invoice = an_invoice(Money(3_000))
        note_id = credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(1_000, 1)], reason="fora do ar", at=NOON
        )

        sheet = credit_note_sheet(note_id).sheet

        assert sheet.notes == ["fora do ar"]
        assert [amount for _, amount in sheet.tables[0].sums] == ["R$\xa010,00"] * 2


class TestPress:
    @pytest.mark.parametrize(
        ("template", "limits"),
        [
            ("#let f(n) = f(n + 1)\n#while true { }", Limits(seconds=1)),
            ('#let a = ("x" * 1000000,) * 100\n#a.map(x => x + "y").join()', Limits(5, 200)),
            ('#read("/etc/passwd")', None),
            ('#read("../../etc/passwd")', None),
            ('#import "@preview/cetz:0.3.0"', None),
        ],
    )
    def test_gives_up_on_what_takes_too_much_or_reaches_out(self, db, template, limits):
        with pytest.raises(PressFailed):
            press(template, {}, limits=limits)
