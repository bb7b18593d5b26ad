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


class TicketReplied(Event):
    """The customer was answered. A note for the team is no fact for others."""

    name: ClassVar[str] = "ticket.replied"
    description: ClassVar = _("Um chamado recebeu uma resposta.")

    ticket_id: UUID
    message_id: UUID
    number: int
    customer_id: UUID


class TicketResolved(Event):
    name: ClassVar[str] = "ticket.resolved"
    description: ClassVar = _("Um chamado foi resolvido.")

    ticket_id: UUID
    number: int
    customer_id: UUID | None


class TicketReopened(Event):
    name: ClassVar[str] = "ticket.reopened"
    description: ClassVar = _("Um chamado foi reaberto.")

    ticket_id: UUID
    number: int
    customer_id: UUID | None
