"""What the pages of support are made of."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.identity import public as identity
from alicerce.apps.support.queries import (
    PAGE,
    open_tickets_about,
    open_tickets_everywhere,
)
from alicerce.apps.support.types import Priority, TicketRow
from alicerce.ui.component import Content
from alicerce.ui.concerns import Concern
from alicerce.ui.formats import number
from alicerce.ui.layout import Card, Stack
from alicerce.ui.panels import Stat
from alicerce.ui.status import TICKET, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Text, TimeText

Names = Mapping[UUID, str]


def ticket_url(ticket: TicketRow) -> str:
    return reverse("console:ticket", args=[ticket.tenant_id, ticket.id])


def priority_badge(priority: Priority) -> Badge:
    words = {
        Priority.LOW: Badge("", _("Baixa")),
        Priority.NORMAL: Badge("", _("Normal")),
        Priority.HIGH: Badge("warn", _("Alta")),
        Priority.URGENT: Badge("bad", _("Urgente")),
    }
    return words[priority]


def tickets_table(
    tickets: Sequence[TicketRow], tenants: Names, *, empty: Content, newer: str, older: str
) -> Table:
    return Table(
        _("Chamados"),
        [
            Column(_("Assunto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Prioridade")),
            Column(_("Empresa")),
            Column(_("Com quem")),
            Column(_("Aberto")),
        ],
        [_row(ticket, tenants) for ticket in tickets],
        empty=empty,
        newer=newer,
        older=older,
    )


def _row(ticket: TicketRow, tenants: Names) -> TableRow:
    return TableRow(
        [
            Cell(ticket.subject, ticket_url(ticket), f"#{ticket.number}"),
            badge(TICKET, ticket.status),
            priority_badge(ticket.priority),
            tenants.get(ticket.tenant_id, ""),
            assignee_of(ticket),
            TimeText(ticket.opened_at, "relative"),
        ]
    )


def concerns(tenants: Names) -> list[Concern]:
    """Open tickets, for the page that shows what needs a person."""
    return [
        Concern(
            what=ticket.subject,
            why=_("Chamado #%(number)s") % {"number": ticket.number},
            state=priority_badge(ticket.priority),
            whose=tenants.get(ticket.tenant_id, ""),
            since=ticket.opened_at,
            url=ticket_url(ticket),
        )
        for ticket in open_tickets_everywhere()
    ]


def figure() -> Stat:
    """How many tickets are open; a page of them is as far as we count."""
    count = len(open_tickets_everywhere(limit=PAGE + 1))
    shown = _("mais de %(limit)s") % {"limit": PAGE} if count > PAGE else number(count)
    return Stat(_("Chamados abertos"), shown, url=reverse("console:tickets"))


def assignee_of(ticket: TicketRow) -> str:
    return person(ticket.assignee_id) if ticket.assignee_id else "–"


def person(user_id: UUID) -> str:
    found = identity.person(user_id)
    return (found.name or found.email) if found else _("Pessoa desconhecida")


def tickets_about(things: Collection[UUID]) -> Card:
    """Open tickets of the current tenant about these things."""
    found = open_tickets_about(things)
    body: list[Content] = [Link(t.subject, ticket_url(t)) for t in found]
    return Card(
        [Stack(body) if body else Text(_("Nenhum chamado aberto."), "muted")],
        title=_("Chamados"),
    )
