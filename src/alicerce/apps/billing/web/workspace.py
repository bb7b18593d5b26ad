"""Invoices as a company's people see them on the pages of a customer and of an order."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries import invoices as queries
from alicerce.apps.billing.queries.decline_words import error_words
from alicerce.apps.billing.types import ChargeView, InvoiceDetail
from alicerce.apps.billing.web.components import (
    invoice_badge,
    invoice_name,
    method_words,
    payments_card,
)
from alicerce.apps.billing.web.invoice_page import today
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import CHARGE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText, TimeText


def invoice_parts(order_id: UUID) -> list[Content]:
    """What an order asks for, what was tried to collect it, and what came."""
    found = queries.invoice_of_order(order_id)
    if found is None:
        return []
    detail = queries.invoice_detail(found.id)
    parts: list[Content] = [_invoice_card(detail)]
    if detail.payments:
        parts.append(payments_card(detail.payments))
    return parts


def _invoice_card(detail: InvoiceDetail) -> Card:
    invoice = detail.summary
    link = reverse("workspace:invoice", args=[invoice.id])
    pairs = [
        Pair(_("Fatura"), Link(invoice_name(invoice), link)),
        Pair(_("Estado"), invoice_badge(invoice, today=today())),
        Pair(_("Vencimento"), day(invoice.due_on)),
        Pair(_("Total"), MoneyText(invoice.total)),
    ]
    if invoice.paid_at:
        pairs.append(Pair(_("Paga"), TimeText(invoice.paid_at)))
    body: list[Content] = [KeyValues(pairs)]
    if detail.charges:
        body.append(charges_table(detail.charges))
    return Card(body, title=_("Fatura"))


def charges_table(charges: Sequence[ChargeView]) -> Table:
    return Table(
        _("Tentativas de cobrança"),
        [
            Column(_("Forma"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Começou")),
            Column(_("Vale até")),
        ],
        [
            TableRow(
                [
                    Cell(method_words(charge.method), "", error_words(charge.detail)),
                    badge(CHARGE, charge.status),
                    TimeText(charge.begun_at),
                    TimeText(charge.expires_at),
                ]
            )
            for charge in charges
        ],
    )


def customer_invoices(
    customer_id: UUID, *, before: UUID | None, empty: Content
) -> tuple[Table, UUID | None]:
    """A page of them, and where the next begins. Each opens with all that can be done to it."""
    found, now = queries.invoices(customer_ids=[customer_id], before=before), today()
    table = Table(
        _("Faturas"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Vencimento")),
            Column(_("Total"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        invoice_name(invoice),
                        reverse("workspace:invoice", args=[invoice.id]),
                        TimeText(invoice.opened_at, "date"),
                    ),
                    invoice_badge(invoice, today=now),
                    day(invoice.due_on),
                    MoneyText(invoice.total),
                ]
            )
            for invoice in found.invoices
        ],
        empty=empty,
    )
    return table, found.next_before
