"""What the page of an invoice shows of its disputes, and where a MED is written down."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import InvoiceDetail, PaymentMethod
from alicerce.apps.disputes import permissions
from alicerce.apps.disputes.queries.disputes import disputes_of_invoice
from alicerce.apps.disputes.types import DisputeView
from alicerce.apps.disputes.web.components import deadline, status_badge, zone
from alicerce.apps.disputes.web.words import KINDS
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, Text


def disputes_card(request: Request, detail: InvoiceDetail) -> list[Content]:
    """Nothing for who may not see disputes, nor where nothing was contested and nothing can be."""
    if permissions.READ not in request.permissions:
        return []
    found = disputes_of_invoice(detail.summary.id)
    record = _record_button(request, detail)
    if not found and not record:
        return []
    body: Content = _table(found) if found else Text(_("Nada foi contestado."))
    return [Card([body], title=_("Disputas"), footer=record)]


def _table(found: tuple[DisputeView, ...]) -> Table:
    where, at = zone(), now()
    return Table(
        _("Disputas desta fatura"),
        [
            Column(_("Disputa"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Prazo")),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(str(KINDS[one.kind]), _url(one.id)),
                    status_badge(one),
                    deadline(one, at=at, where=where),
                    MoneyText(one.amount),
                ]
            )
            for one in found
        ],
    )


def _record_button(request: Request, detail: InvoiceDetail) -> list[Content]:
    if permissions.ANSWER not in request.permissions:
        return []
    return [
        LinkButton(_("Registrar MED"), reverse("workspace:med_new", args=[one.id]), size="sm")
        for one in detail.payments
        if one.method == PaymentMethod.PIX
    ]


def _url(dispute_id: UUID) -> str:
    return reverse("workspace:dispute", args=[dispute_id])
