"""The words of support."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TicketStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class MessageKind(StrEnum):
    """What a line of the thread is. The last four are told by us, without anybody's words."""

    OPENING = "opening"
    REPLY = "reply"
    NOTE = "note"
    TAKEN = "taken"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    ACTIVATED = "activated"


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
    assignee_id: UUID | None
    resolved_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status == TicketStatus.OPEN


@dataclass(frozen=True, slots=True)
class TicketsWanted:
    """What a list of tickets is narrowed to; one list never mixes open and resolved ones."""

    status: TicketStatus = TicketStatus.OPEN
    assignee_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A line of the thread; `detail` is how a machine put it."""

    kind: MessageKind
    author: str
    body: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketView:
    ticket: TicketRow
    messages: tuple[MessageView, ...]
