"""Answer the customer, or leave a note for the team."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.support.errors import NobodyToAnswer
from alicerce.apps.support.events import TicketReplied
from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.types import MessageKind
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def reply_to_ticket(*, ticket_id: UUID, body: str, key: str, at: datetime) -> None:
    """The customer gets it by e-mail. The same key answers once. Raises NobodyToAnswer."""
    ticket = Ticket.objects.lock(ticket_id)
    if ticket.customer_id is None:
        raise NobodyToAnswer
    message = _message(ticket, MessageKind.REPLY, body, key, at)
    if not message.write_once():
        return
    _send(ticket, message)
    _record("ticket.replied", message, at)
    publish(
        TicketReplied(
            at=at,
            ticket_id=ticket.id,
            message_id=message.id,
            number=ticket.number,
            customer_id=ticket.customer_id,
        )
    )


@transaction()
def note_in_ticket(*, ticket_id: UUID, body: str, key: str, at: datetime) -> None:
    """Only the team reads it. The same key writes once."""
    message = _message(Ticket.objects.lock(ticket_id), MessageKind.NOTE, body, key, at)
    if message.write_once():
        _record("ticket.noted", message, at)


def _message(
    ticket: Ticket, kind: MessageKind, body: str, key: str, at: datetime
) -> TicketMessage:
    author = current().actor
    return TicketMessage(ticket=ticket, kind=kind, key=key, author=author, body=body, at=at)


def _send(ticket: Ticket, message: TicketMessage) -> None:
    assert ticket.customer_id is not None
    customer = customers.customer(ticket.customer_id)
    notify.send(
        template="ticket_reply",
        to=customer.email,
        key=f"ticket-reply:{message.id}",
        values={
            "name": customer.name,
            "number": str(ticket.number),
            "subject": ticket.subject,
            "body": message.body,
        },
        at=message.at,
        locale=customer.locale,
    )


def _record(action: str, message: TicketMessage, at: datetime) -> None:
    """What was written stays in the thread: the trail names it and no more."""
    audit.record(
        action=action,
        entity="ticket",
        entity_id=message.ticket_id,
        after={"message": str(message.id)},
        at=at,
    )
