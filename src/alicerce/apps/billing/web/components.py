"""What the pages of billing are made of."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import (
    InvoiceDetail,
    InvoiceStatus,
    InvoiceSummary,
    LineView,
    PaymentMethod,
    PaymentView,
)
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import INVOICE, PAYMENT, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, TimeText

Names = Mapping[UUID, str]


def method_words(method: PaymentMethod) -> str:
    return {PaymentMethod.PIX: _("Pix"), PaymentMethod.CARD: _("Cartão")}[method]


def invoice_name(invoice: InvoiceSummary) -> str:
    return _("Fatura nº %(number)s") % {"number": invoice.code}


def invoice_badge(invoice: InvoiceSummary, *, today: date) -> Badge:
    """An open one past its day is overdue: the ledger knows no such state, people do."""
    late = invoice.status == InvoiceStatus.OPEN and invoice.due_on < today
    return badge(INVOICE, "overdue" if late else invoice.status)


def invoices_table(
    invoices: Sequence[InvoiceSummary],
    *,
    today: date,
    empty: Content = "",
    newer: str = "",
    older: str = "",
) -> Table:
    return Table(
        _("Faturas"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Vencimento")),
            Column(_("Total"), "number"),
            Column(_("Ações"), "actions"),
        ],
        [_invoice_row(invoice, today) for invoice in invoices],
        empty=empty,
        newer=newer,
        older=older,
    )


def _invoice_row(invoice: InvoiceSummary, today: date) -> TableRow:
    url = reverse("client:invoice", args=[invoice.id])
    is_open = invoice.status == InvoiceStatus.OPEN
    pay: Content = LinkButton(_("Pagar"), url, size="sm", variant="primary")
    return TableRow(
        [
            Cell(invoice_name(invoice), url, TimeText(invoice.opened_at, "date")),
            invoice_badge(invoice, today=today),
            day(invoice.due_on),
            MoneyText(invoice.total),
            pay if is_open else LinkButton(_("Ver"), url, size="sm"),
        ]
    )


def lines_card(detail: InvoiceDetail) -> Card:
    table = Table(
        _("Itens da fatura"),
        [
            Column(_("Item"), "name"),
            Column(_("Quantidade"), "number"),
            Column(_("Preço"), "number"),
            Column(_("Total"), "number"),
        ],
        [_line_row(line) for line in detail.lines],
    )
    total = Pair(_("Total"), MoneyText(detail.summary.total))
    return Card([table, KeyValues([total])], title=_("Itens"))


def _line_row(line: LineView) -> TableRow:
    return TableRow(
        [
            Cell(display_domains(line.description), "", _days_of(line)),
            number(line.quantity),
            MoneyText(line.unit),
            MoneyText(line.total),
        ]
    )


def _days_of(line: LineView) -> str:
    """The first and the last day that the line is for, if it is for days."""
    if line.starts_on is None or line.ends_on is None:
        return ""
    return _("%(first)s a %(last)s") % {
        "first": day(line.starts_on, style="short"),
        "last": day(line.ends_on - timedelta(days=1), style="short"),
    }


def facts_card(invoice: InvoiceSummary, *, issuer: str) -> Card:
    pairs = [
        Pair(_("Emitida por"), issuer),
        Pair(_("Emitida"), TimeText(invoice.opened_at, "date")),
        Pair(_("Vencimento"), day(invoice.due_on)),
    ]
    if invoice.paid_at:
        pairs.append(Pair(_("Paga"), TimeText(invoice.paid_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a fatura"))


def payments_card(payments: Sequence[PaymentView]) -> Card:
    table = Table(
        _("Pagamentos recebidos"),
        [
            Column(_("Pagamento"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Recebido")),
            Column(_("Valor"), "number"),
        ],
        [_payment_row(payment) for payment in payments],
    )
    return Card([table], title=_("Pagamentos"))


def _payment_row(payment: PaymentView) -> TableRow:
    return TableRow(
        [
            Cell(method_words(payment.method), "", payment.reference),
            badge(PAYMENT, payment.fit),
            TimeText(payment.received_at),
            MoneyText(payment.amount),
        ]
    )


def wallet_words(balances: Sequence[Money]) -> Words:
    return ", ".join(str(balance) for balance in balances)
