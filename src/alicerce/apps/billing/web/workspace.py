"""Invoices as a company's people see them on the page of a customer."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries import invoices as queries
from alicerce.apps.billing.web.components import invoice_badge, invoice_name
from alicerce.apps.billing.web.invoice_page import today
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText


def customer_invoices(
    customer_id: UUID, *, before: UUID | None, empty: Content
) -> tuple[Table, UUID | None]:
    """A page of them, and where the next begins. Each opens as its payer sees it, by its link."""
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
                        reverse("site:invoice", args=[invoice.token]),
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
