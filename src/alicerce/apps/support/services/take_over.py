"""Tickets that another program had: the whole thread, as it was written. Nobody is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.support.models import Ticket, TicketCounter, TicketMessage
from alicerce.apps.support.types import MessageKind, Priority, TicketStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

AUTHOR = "system"


@dataclass(frozen=True, slots=True)
class OldMessage:
    """`key` tells it from the others of its thread."""

    key: str
    kind: MessageKind
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OldTicket:
    key: str
    subject: str
    priority: Priority
    customer_id: UUID | None
    opened_at: datetime
    resolved_at: datetime | None
    messages: tuple[OldMessage, ...]


@transaction(shared=True)
def take_over(*, tickets: Sequence[OldTicket]) -> list[UUID]:
    """Write them down with numbers of ours; what is known keeps its own and gets what was written since."""
    known = dict(
        Ticket.objects.filter(key__in=[one.key for one in tickets]).values_list("key", "id")
    )
    new = [one for one in tickets if one.key not in known]
    numbers = TicketCounter.take_many(len(new))
    rows = [_row(one, number) for one, number in zip(new, numbers, strict=True)]
    Ticket.objects.bulk_create(rows)
    ids = known | {row.key: row.id for row in rows}
    TicketMessage.objects.bulk_create(
        (
            TicketMessage(
                ticket_id=ids[one.key],
                kind=message.kind,
                key=message.key,
                author=AUTHOR,
                body=message.body,
                at=message.at,
            )
            for one in tickets
            for message in one.messages
        ),
        ignore_conflicts=True,
    )
    return [ids[one.key] for one in tickets]


@transaction(shared=True)
def give_back_tickets(*, ticket_ids: Collection[UUID]) -> int:
    """Forget tickets that were only taken over, with their threads. Their numbers stay taken."""
    TicketMessage.objects.filter(ticket_id__in=list(ticket_ids)).delete()
    rows = Ticket.objects.filter(pk__in=list(ticket_ids))
    return int(rows.delete_some(most=rows.count()))


def _row(one: OldTicket, number: int) -> Ticket:
    return Ticket(
        id=uuid7(),
        number=number,
        key=one.key,
        subject=one.subject[:200],
        status=TicketStatus.RESOLVED if one.resolved_at else TicketStatus.OPEN,
        priority=one.priority,
        customer_id=one.customer_id,
        opened_at=one.opened_at,
        resolved_at=one.resolved_at,
    )
