"""Who sees to a ticket, and whether it still needs anybody."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.support.events import TicketReopened, TicketResolved
from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.types import MessageKind
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

RUN, SERVICE, TRANSFER = "provisioning_run", "service", "transfer"


@transaction()
def assign_ticket(*, ticket_id: UUID, user_id: UUID, at: datetime) -> None:
    """Whoever takes it sees to it; taking it twice changes nothing."""
    ticket = Ticket.objects.lock(ticket_id)
    before = ticket.assignee_id
    if ticket.assign(user_id):
        _tell(ticket, MessageKind.TAKEN, at)
        audit.record(
            action="ticket.assigned",
            entity="ticket",
            entity_id=ticket.id,
            before={"assignee": str(before) if before else None},
            after={"assignee": str(user_id)},
            at=at,
        )


@transaction()
def resolve_ticket(*, ticket_id: UUID, at: datetime) -> None:
    """Nothing is left to do. Resolving it twice changes nothing."""
    ticket = Ticket.objects.lock(ticket_id)
    if ticket.resolve(at=at):
        _tell(ticket, MessageKind.RESOLVED, at)
        _say_resolved(ticket, at)


@transaction()
def reopen_ticket(*, ticket_id: UUID, at: datetime) -> None:
    """It needs somebody after all. Reopening an open one changes nothing."""
    ticket = Ticket.objects.lock(ticket_id)
    if ticket.reopen():
        _tell(ticket, MessageKind.REOPENED, at)
        _record(ticket, "ticket.reopened", {"status": "resolved"}, at)
        publish(
            TicketReopened(
                at=at,
                ticket_id=ticket.id,
                number=ticket.number,
                customer_id=ticket.customer_id,
            )
        )


@transaction()
def settle_tickets_of_run(*, run_id: UUID, at: datetime) -> None:
    """The activation they are about ended well: they say so and are resolved.

    Once: whoever reopens one of them afterwards has a reason that we do not know.
    """
    for ticket in Ticket.objects.filter(entity=RUN, entity_id=run_id).order_by("id"):
        held = Ticket.objects.lock(ticket.id)
        if not _message(held, MessageKind.ACTIVATED, f"activated:{run_id}", at).write_once():
            continue
        if held.resolve(at=at):
            _say_resolved(held, at)


@transaction()
def settle_tickets_of_operation(*, run_id: UUID, at: datetime) -> None:
    """It ended well, or something else is wanted by now."""
    for ticket in Ticket.objects.open().filter(entity=RUN, entity_id=run_id):
        resolve_ticket(ticket_id=ticket.id, at=at)


@transaction()
def settle_tickets_of_removal(*, service_id: UUID, at: datetime) -> None:
    """The account is gone: nobody has to be asked any more."""
    for ticket in Ticket.objects.open().filter(entity=SERVICE, entity_id=service_id):
        resolve_ticket(ticket_id=ticket.id, at=at)


@transaction()
def settle_tickets_of_transfer(*, transfer_id: UUID, at: datetime) -> None:
    """It is done, or nobody wants it any more: nothing is left to do for them."""
    for ticket in Ticket.objects.open().filter(entity=TRANSFER, entity_id=transfer_id):
        resolve_ticket(ticket_id=ticket.id, at=at)


def _say_resolved(ticket: Ticket, at: datetime) -> None:
    _record(ticket, "ticket.resolved", {"status": "open"}, at)
    publish(
        TicketResolved(
            at=at, ticket_id=ticket.id, number=ticket.number, customer_id=ticket.customer_id
        )
    )


def _record(ticket: Ticket, action: str, before: dict[str, str], at: datetime) -> None:
    audit.record(
        action=action,
        entity="ticket",
        entity_id=ticket.id,
        before=before,
        after={"status": str(ticket.status)},
        at=at,
    )


def _tell(ticket: Ticket, kind: MessageKind, at: datetime) -> None:
    _message(ticket, kind, "", at).save()


def _message(ticket: Ticket, kind: MessageKind, key: str, at: datetime) -> TicketMessage:
    return TicketMessage(ticket=ticket, kind=kind, key=key, author=current().actor, at=at)
