"""Facts of support."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class TicketOpened(Event):
    name: ClassVar[str] = "ticket.opened"
    description: ClassVar = _("Um chamado foi aberto.")

    ticket_id: UUID
    number: int
    customer_id: UUID | None
