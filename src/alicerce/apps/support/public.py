"""What other apps may ask of support."""

from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.queries import (
    find_tickets,
    find_tickets_everywhere,
    latest_tickets,
    open_tickets_everywhere,
    ticket_view,
)
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.services.take_over import (
    OldMessage,
    OldTicket,
    give_back_tickets,
    take_over,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "OldMessage",
    "OldTicket",
    "find_tickets",
    "find_tickets_everywhere",
    "give_back_tickets",
    "latest_tickets",
    "open_ticket",
    "open_tickets_everywhere",
    "personal",
    "take_over",
    "ticket_view",
]

personal = PersonalRecords(Ticket, TicketMessage)
