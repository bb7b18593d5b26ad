"""Open a ticket for a person to see to."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.support.events import TicketOpened
from alicerce.apps.support.models import Ticket, TicketCounter, TicketMessage
from alicerce.apps.support.types import Priority
from alicerce.kernel import locks
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def open_ticket(
    *,
    subject: str,
    body: str,
    key: str,
    at: datetime,
    priority: Priority = Priority.NORMAL,
    customer_id: UUID | None = None,
    entity: str = "",
    entity_id: UUID | None = None,
    detail: str = "",
) -> UUID:
    """The ticket of this key: opened now, or found as it was opened before."""
    locks.hold(f"support.ticket:{key}")
    known = Ticket.objects.filter(key=key).values_list("id", flat=True).first()
    if known:
        return known
    ticket = Ticket.objects.create(
        number=TicketCounter.take(),
        key=key,
        subject=subject[:200],
        priority=priority,
        customer_id=customer_id,
        entity=entity,
        entity_id=entity_id,
        opened_at=at,
    )
    TicketMessage.objects.create(
        ticket=ticket, author=current().actor, body=body, detail=detail, at=at
    )
    _tell(ticket, at)
    return ticket.id


def _tell(ticket: Ticket, at: datetime) -> None:
    publish(
        TicketOpened(
            at=at, ticket_id=ticket.id, number=ticket.number, customer_id=ticket.customer_id
        )
    )
    audit.record(
        action="ticket.opened",
        entity="ticket",
        entity_id=ticket.id,
        after={"number": ticket.number, "key": ticket.key, "priority": str(ticket.priority)},
        at=at,
    )
