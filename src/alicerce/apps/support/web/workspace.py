"""Tickets as a company's people see them on the page of a customer."""

from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.support.queries import tickets_of
from alicerce.apps.support.web.components import OFFICE, priority_badge
from alicerce.ui.component import Content
from alicerce.ui.status import TICKET, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import TimeText


def customer_tickets(customer_id: UUID, *, empty: Content) -> Table:
    """The latest of them."""
    return Table(
        _("Chamados"),
        [
            Column(_("Assunto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Prioridade")),
            Column(_("Aberto")),
        ],
        [
            TableRow(
                [
                    Cell(ticket.subject, OFFICE.url(ticket), f"#{ticket.number}"),
                    badge(TICKET, ticket.status),
                    priority_badge(ticket.priority),
                    TimeText(ticket.opened_at, "relative"),
                ]
            )
            for ticket in tickets_of(customer_id)
        ],
        empty=empty,
    )
