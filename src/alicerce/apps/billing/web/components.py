"""What the pages of billing are made of."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.ports import SelfPayment, documents_of_invoices
from alicerce.apps.billing.queries.self_payments import paying_themselves
from alicerce.apps.billing.types import (
    InvoiceDetail,
    InvoiceStatus,
    InvoiceSummary,
    LineView,
    PaymentMethod,
    PaymentView,
)
from alicerce.apps.billing.web.money_words import METHODS
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import INVOICE, PAYMENT, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, TimeText

Names = Mapping[UUID, str]


def method_words(method: PaymentMethod) -> str:
    return str(METHODS[method])


def invoice_name(invoice: InvoiceSummary) -> str:
    return _("Fatura nº %(number)s") % {"number": invoice.code}


def invoice_badge(invoice: InvoiceSummary, *, today: date) -> Badge:
    """Overdue, partly paid, refunded: the ledger knows no such states, people do."""
    return badge(INVOICE, _state(invoice, today))


def _state(invoice: InvoiceSummary, today: date) -> str:
    if invoice.status == InvoiceStatus.OPEN and invoice.due_on < today:
        return "overdue"
    if invoice.status == InvoiceStatus.OPEN and invoice.paid.cents:
        return "partly_paid"
    if invoice.status == InvoiceStatus.PAID and invoice.returned.cents:
        everything = invoice.returned == invoice.paid
        return "refunded" if everything else "partly_refunded"
    return invoice.status


def invoices_table(
    invoices: Sequence[InvoiceSummary],
    *,
    today: date,
    empty: Content = "",
    newer: str = "",
    older: str = "",
) -> Table:
    told = paying_themselves(invoices, at=now())
    return Table(
        _("Faturas"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Vencimento")),
            Column(_("Total"), "number"),
            Column(_("Ações"), "actions"),
        ],
        [_invoice_row(invoice, today, told.get(invoice.id)) for invoice in invoices],
        empty=empty,
        newer=newer,
        older=older,
    )


def _invoice_row(invoice: InvoiceSummary, today: date, told: SelfPayment | None) -> TableRow:
    url = reverse("client:invoice", args=[invoice.id])
    is_open = invoice.is_payable
    pay: Content = LinkButton(_("Pagar"), url, size="sm", variant="primary")
    return TableRow(
        [
            Cell(invoice_name(invoice), url, TimeText(invoice.opened_at, "date")),
            invoice_badge(invoice, today=today),
            Cell(day(invoice.due_on), "", told.brief) if told else day(invoice.due_on),
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
    return Card([table, KeyValues(_sums(detail.summary))], title=_("Itens"))


def _sums(invoice: InvoiceSummary) -> list[Pair]:
    """The total, and what came off it since, where anything did."""
    pairs = [Pair(_("Total"), MoneyText(invoice.total))]
    if invoice.relieved.cents:
        pairs.append(Pair(_("Creditado"), MoneyText(invoice.relieved)))
    if invoice.paid.cents and invoice.paid != invoice.total:
        pairs.append(Pair(_("Pago"), MoneyText(invoice.paid)))
    if invoice.returned.cents:
        pairs.append(Pair(_("Devolvido"), MoneyText(invoice.returned)))
    if invoice.is_payable and invoice.remaining != invoice.total:
        pairs.append(Pair(_("Falta pagar"), MoneyText(invoice.remaining)))
    return pairs


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


def paper_buttons(
    invoice: InvoiceSummary, surface: str, named: Sequence[UUID | str]
) -> list[Content]:
    """The invoice as PDF, and a receipt once anything was paid."""
    sheet = reverse(f"{surface}:invoice_pdf", args=named)
    buttons: list[Content] = [LinkButton(_("PDF"), sheet, icon="download")]
    if invoice.paid.cents:
        receipt = reverse(f"{surface}:invoice_receipt", args=named)
        buttons.append(LinkButton(_("Recibo"), receipt, icon="receipt"))
    return buttons


def facts_card(invoice: InvoiceSummary, *, issuer: str) -> Card:
    pairs = [
        Pair(_("Emitida por"), issuer),
        Pair(_("Emitida"), TimeText(invoice.opened_at, "date")),
        Pair(_("Vencimento"), day(invoice.due_on)),
    ]
    if invoice.paid_at:
        pairs.append(Pair(_("Paga"), TimeText(invoice.paid_at)))
    pairs += [
        Pair(_("Nota fiscal"), Link(one.words, one.url))
        for told in documents_of_invoices.values()
        for one in told(invoice.id)
    ]
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
