"""What the pages of support are made of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from alicerce.ui.shell import ShellName
from alicerce.ui.status import TICKET, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Text, TimeText

Names = Mapping[UUID, str]
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where tickets are seen to: the operator's panel, or a company's own workspace."""

    surface: ShellName

    @property
    def is_own(self) -> bool:
        """Whether all of them are of one company, that of who looks."""
        return self.surface == "workspace"

    def url(self, ticket: TicketRow, view: str = "ticket") -> str:
        whose = [] if self.is_own else [ticket.tenant_id]
        return reverse(f"{self.surface}:{view}", args=[*whose, ticket.id])


CONSOLE, OFFICE = Desk("console"), Desk("workspace")


def ticket_url(ticket: TicketRow) -> str:
    return CONSOLE.url(ticket)


def priority_badge(priority: Priority) -> Badge:
    words = {
        Priority.LOW: Badge("", _("Baixa")),
        Priority.NORMAL: Badge("", _("Normal")),
        Priority.HIGH: Badge("warn", _("Alta")),
        Priority.URGENT: Badge("bad", _("Urgente")),
    }
    return words[priority]


def tickets_table(
    tickets: Sequence[TicketRow],
    whose: Column,
    names: Mapping[UUID, Content],
    *,
    desk: Desk = CONSOLE,
    empty: Content,
    newer: str,
    older: str,
) -> Table:
    """`names` says of each ticket whose it is; those who see to them come in one query."""
    people = identity.people({t.assignee_id for t in tickets if t.assignee_id})
    assignees = {key: person.name or person.email for key, person in people.items()}
    return Table(
        _("Chamados"),
        [
            Column(_("Assunto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Prioridade")),
            whose,
            Column(_("Com quem")),
            Column(_("Aberto")),
        ],
        [
            TableRow(
                [
                    Cell(ticket.subject, desk.url(ticket), f"#{ticket.number}"),
                    badge(TICKET, ticket.status),
                    priority_badge(ticket.priority),
                    names.get(ticket.id, NOTHING),
                    _assignee(ticket, assignees),
                    TimeText(ticket.opened_at, "relative"),
                ]
            )
            for ticket in tickets
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _assignee(ticket: TicketRow, names: Names) -> str:
    if ticket.assignee_id is None:
        return NOTHING
    return names.get(ticket.assignee_id) or _("Pessoa desconhecida")


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
    return person(ticket.assignee_id) if ticket.assignee_id else NOTHING


def person(user_id: UUID) -> str:
    found = identity.person(user_id)
    return (found.name or found.email) if found else _("Pessoa desconhecida")


def tickets_about(things: Collection[UUID], desk: Desk = CONSOLE) -> Card:
    """Open tickets of the current tenant about these things."""
    found = open_tickets_about(things)
    body: list[Content] = [Link(t.subject, desk.url(t)) for t in found]
    return Card(
        [Stack(body) if body else Text(_("Nenhum chamado aberto."), "muted")],
        title=_("Chamados"),
    )
