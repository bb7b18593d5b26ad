"""Reads of support."""

from uuid import UUID

from alicerce.apps.support.models import Ticket
from alicerce.apps.support.types import (
    MessageView,
    Priority,
    TicketRow,
    TicketStatus,
    TicketView,
)
from alicerce.kernel.db import as_operator, transaction

PAGE = 50


@transaction()
def latest_tickets(*, before: UUID | None = None, limit: int = PAGE) -> list[TicketRow]:
    """Tickets of the current tenant, newest first; the next page begins before the last id."""
    return [_row(ticket) for ticket in Ticket.objects.before(before).newest_first()[:limit]]


def open_tickets_everywhere(
    *, before: UUID | None = None, limit: int = PAGE
) -> list[TicketRow]:
    """Open tickets of every tenant, for operators."""
    with as_operator():
        tickets = Ticket.objects.open().before(before).newest_first()[:limit]
        return [_row(ticket) for ticket in tickets]


@transaction()
def find_tickets(words: str, *, limit: int) -> list[TicketRow]:
    """Tickets of the current tenant with this number, or with these words in their subject."""
    return [_row(ticket) for ticket in Ticket.objects.about(words).newest_first()[:limit]]


def find_tickets_everywhere(words: str, *, limit: int) -> list[TicketRow]:
    """The same among every tenant, for operators."""
    with as_operator():
        tickets = Ticket.objects.about(words).newest_first()[:limit]
        return [_row(ticket) for ticket in tickets]


@transaction()
def ticket_view(ticket_id: UUID) -> TicketView | None:
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None:
        return None
    messages = ticket.messages.order_by("id")
    return TicketView(
        _row(ticket), tuple(MessageView(m.author, m.body, m.at) for m in messages)
    )


def _row(ticket: Ticket) -> TicketRow:
    return TicketRow(
        id=ticket.id,
        tenant_id=ticket.tenant_id,
        number=ticket.number,
        subject=ticket.subject,
        status=TicketStatus(ticket.status),
        priority=Priority(ticket.priority),
        customer_id=ticket.customer_id,
        entity=ticket.entity,
        entity_id=ticket.entity_id,
        opened_at=ticket.opened_at,
    )
