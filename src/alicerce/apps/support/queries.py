"""Reads of support."""

from collections.abc import Collection
from uuid import UUID

from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.types import (
    MessageKind,
    MessageView,
    Priority,
    TicketRow,
    TicketStatus,
    TicketsWanted,
    TicketView,
)
from alicerce.kernel.db import as_operator, transaction

PAGE = 50


@transaction()
def tickets(
    wanted: TicketsWanted, *, before: UUID | None = None, limit: int = PAGE
) -> list[TicketRow]:
    """Tickets of the current tenant, newest first; the next page begins before the last id."""
    found = Ticket.objects.before(before).filter(status=wanted.status).newest_first()
    if wanted.assignee_id:
        found = found.filter(assignee_id=wanted.assignee_id)
    if wanted.text:
        found = found.about(wanted.text)
    return [_row(ticket) for ticket in found[:limit]]


@transaction()
def latest_tickets(*, before: UUID | None = None, limit: int = PAGE) -> list[TicketRow]:
    """Tickets of the current tenant, newest first; the next page begins before the last id."""
    return [_row(ticket) for ticket in Ticket.objects.before(before).newest_first()[:limit]]


@transaction()
def tickets_of(customer_id: UUID, *, limit: int = PAGE) -> list[TicketRow]:
    """The latest tickets of a customer of the current tenant."""
    found = Ticket.objects.filter(customer_id=customer_id).newest_first()[:limit]
    return [_row(ticket) for ticket in found]


def open_tickets_everywhere(
    *, assignee_id: UUID | None = None, before: UUID | None = None, limit: int = PAGE
) -> list[TicketRow]:
    """Open tickets of every tenant, for operators; of one assignee, when named."""
    with as_operator():
        tickets = Ticket.objects.open().before(before).newest_first()
        if assignee_id:
            tickets = tickets.filter(assignee_id=assignee_id)
        return [_row(ticket) for ticket in tickets[:limit]]


def resolved_tickets_everywhere(
    *, before: UUID | None = None, limit: int = PAGE
) -> list[TicketRow]:
    """What is no longer open, for operators."""
    with as_operator():
        tickets = Ticket.objects.resolved().before(before).newest_first()[:limit]
        return [_row(ticket) for ticket in tickets]


@transaction()
def open_tickets_about(things: Collection[UUID]) -> list[TicketRow]:
    """Open tickets of the current tenant about any of these things."""
    tickets = Ticket.objects.open().filter(entity_id__in=things).newest_first()
    return [_row(ticket) for ticket in tickets]


@transaction()
def find_tickets(words: str, *, limit: int) -> list[TicketRow]:
    """Tickets of the current tenant with this number, or with these words in their subject."""
    return [_row(ticket) for ticket in Ticket.objects.about(words).newest_first()[:limit]]


def find_tickets_everywhere(words: str, *, limit: int) -> list[TicketRow]:
    """Tickets of every tenant with this number, or with these words in their subject, for operators."""
    with as_operator():
        tickets = Ticket.objects.about(words).newest_first()[:limit]
        return [_row(ticket) for ticket in tickets]


@transaction()
def ticket_view(ticket_id: UUID) -> TicketView | None:
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None:
        return None
    messages = ticket.messages.order_by("id")
    return TicketView(_row(ticket), tuple(_message(message) for message in messages))


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
        assignee_id=ticket.assignee_id,
        resolved_at=ticket.resolved_at,
    )


def _message(message: TicketMessage) -> MessageView:
    kind = MessageKind(message.kind)
    return MessageView(kind, message.author, message.body, message.detail, message.at)
