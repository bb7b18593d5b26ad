"""What the pages of a company's invoices are made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import permissions
from alicerce.apps.billing.queries.charged_taxes import taxes_of_invoice
from alicerce.apps.billing.queries.dossiers import refundable
from alicerce.apps.billing.queries.issuers import issuer_of_series, issuer_words
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.queries.platform_fees import platform_fees_of
from alicerce.apps.billing.types import (
    InvoiceKind,
    InvoiceStatus,
    InvoiceSummary,
    PaymentView,
)
from alicerce.apps.billing.types.corrections import Dossier
from alicerce.apps.billing.web.components import (
    invoice_badge,
    invoice_name,
    lines_card,
    method_words,
    paper_buttons,
)
from alicerce.apps.billing.web.corrections import corrections
from alicerce.apps.billing.web.tax_parts import taxes_card
from alicerce.apps.billing.web.workspace import charges_table
from alicerce.apps.customers import public as customers
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Card
from alicerce.ui.layout import Row as Beside
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import PAYMENT, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText, TimeText

NOTHING = "–"


def invoices_table(
    request: Request,
    invoices: Sequence[InvoiceSummary],
    *,
    today: date,
    empty: Content,
    newer: str,
    older: str,
) -> Table:
    """Their customers' names come in one query, for who may read them."""
    may_name = "customers:read" in request.permissions
    names = customers.customers_by_id({i.customer_id for i in invoices}) if may_name else {}
    return Table(
        _("Faturas"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            *([Column(_("Cliente"))] if may_name else []),
            Column(_("Vencimento")),
            Column(_("Falta pagar"), "number"),
            Column(_("Total"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        invoice_name(one),
                        reverse("workspace:invoice", args=[one.id]),
                        TimeText(one.opened_at, "date"),
                    ),
                    invoice_badge(one, today=today),
                    *([_customer_link(one.customer_id, names)] if may_name else []),
                    day(one.due_on),
                    MoneyText(one.remaining),
                    MoneyText(one.total),
                ]
            )
            for one in invoices
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _customer_link(customer_id: UUID, names: Mapping[UUID, Row]) -> Content:
    found = names.get(customer_id)
    name = found["name"] if found else NOTHING
    return Link(name, reverse("workspace:customer", args=[customer_id]))


def main(request: Request, found: Dossier) -> list[Content]:
    parts: list[Content] = [
        lines_card(found.detail),
        *taxes_card(taxes_of_invoice(found.detail.summary.id)),
    ]
    if found.detail.payments:
        parts.append(_payments(request, found.detail.payments))
    parts += corrections(found, says_why=True, surface="workspace")
    if found.detail.charges:
        parts.append(
            Card([charges_table(found.detail.charges)], title=_("Tentativas de cobrança"))
        )
    return parts


def _payments(request: Request, payments: Sequence[PaymentView]) -> Card:
    """With what the platform kept of each, where it keeps anything."""
    may = permissions.REFUND in request.permissions
    fees = platform_fees_of([one.id for one in payments])
    table = Table(
        _("Pagamentos recebidos"),
        [
            Column(_("Pagamento"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Recebido")),
            Column(_("Valor"), "number"),
            *([Column(_("Ações"), "actions")] if may else []),
        ],
        [
            TableRow(
                [
                    Cell(method_words(one.method), "", one.reference),
                    badge(PAYMENT, one.fit),
                    TimeText(one.received_at),
                    MoneyText(one.amount),
                    *([_give_back(one)] if may else []),
                ]
            )
            for one in payments
        ],
    )
    kept = [Pair(_("Tarifa da plataforma"), MoneyText(one)) for one in fees.values()]
    body: list[Content] = [table, KeyValues(kept)] if kept else [table]
    return Card(body, title=_("Pagamentos"))


def _give_back(payment: PaymentView) -> Content:
    """Nothing where nothing of it may go back."""
    _found, left = refundable(payment.id)
    if not left.cents:
        return NOTHING
    url = reverse("workspace:payment_refund", args=[payment.id])
    return LinkButton(_("Devolver"), url, size="sm")


def side(request: Request, found: Dossier) -> list[Content]:
    invoice = found.detail.summary
    pairs = [
        Pair(_("Cliente"), _whose(request, invoice.customer_id)),
        Pair(_("Emitida por"), issuer_words(issuer_of_series(invoice.series))),
        Pair(_("Emitida"), TimeText(invoice.opened_at)),
        Pair(_("Vencimento"), day(invoice.due_on)),
        Pair(_("Falta pagar"), MoneyText(invoice.remaining)),
    ]
    if invoice.paid_at:
        pairs.append(Pair(_("Paga"), TimeText(invoice.paid_at)))
    if invoice.order_id and "orders:read" in request.permissions:
        order = reverse("workspace:order", args=[invoice.order_id])
        pairs.append(Pair(_("Pedido"), Link(_("Abrir o pedido"), order)))
    page = reverse("site:invoice", args=[invoice.token])
    pairs.append(Pair(_("Página do cliente"), Link(_("Abrir como ele vê"), page)))
    return [Card([KeyValues(pairs)], title=_("Sobre a fatura"))]


def _whose(request: Request, customer_id: UUID) -> Content:
    if "customers:read" not in request.permissions:
        return NOTHING
    return _customer_link(customer_id, customers.customers_by_id({customer_id}))


def actions(request: Request, invoice: InvoiceSummary) -> list[Content]:
    """What this person may do to it, the likeliest first."""
    buttons: list[Content] = []
    if permissions.SETTLE in request.permissions and invoice.is_payable:
        buttons += _paying(invoice)
    if permissions.MANAGE in request.permissions:
        buttons += _correcting(invoice)
    buttons += paper_buttons(invoice, "workspace", [invoice.id])
    return [Beside(buttons)]


def _paying(invoice: InvoiceSummary) -> list[Content]:
    record = reverse("workspace:invoice_payment_record", args=[invoice.id])
    buttons: list[Content] = [
        LinkButton(_("Registrar pagamento"), record, icon="check", variant="primary")
    ]
    held = spendable(invoice)
    if held.cents:
        words = _("Pagar com saldo (%(amount)s)") % {"amount": money(held)}
        action = reverse("workspace:invoice_balance", args=[invoice.id])
        buttons.append(PostButton(Button(words, "wallet"), action))
    return buttons


def spendable(invoice: InvoiceSummary) -> Money:
    """What of the customer's balance this invoice could take."""
    none = Money(0, invoice.total.currency)
    if not invoice.is_payable or invoice.kind == InvoiceKind.FUNDS:
        return none
    held = {one.currency: one for one in wallet_balance(invoice.customer_id)}
    return min(held.get(none.currency, none), invoice.remaining)


def _correcting(invoice: InvoiceSummary) -> list[Content]:
    is_open = invoice.status == InvoiceStatus.OPEN
    is_sale = invoice.kind == InvoiceKind.SALE
    offered = [
        ("invoice_credit", _("Nota de crédito"), bool(invoice.creditable.cents)),
        ("invoice_write_off", _("Dar por perdida"), is_open and is_sale),
        ("invoice_void", _("Cancelar fatura"), is_open),
    ]
    return [
        LinkButton(words, reverse(f"workspace:{name}", args=[invoice.id]))
        for name, words, fits in offered
        if fits
    ]
