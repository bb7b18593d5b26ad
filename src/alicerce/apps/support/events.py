"""Facts of support."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class TicketOpened(Event):
    name: ClassVar[str] = "ticket.opened"

    ticket_id: UUID
    number: int
    customer_id: UUID | None
