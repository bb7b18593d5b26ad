"""The words of support."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TicketStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket as lists show it."""

    id: UUID
    tenant_id: UUID
    number: int
    subject: str
    status: TicketStatus
    priority: Priority
    customer_id: UUID | None
    entity: str
    entity_id: UUID | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MessageView:
    author: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketView:
    ticket: TicketRow
    messages: tuple[MessageView, ...]
