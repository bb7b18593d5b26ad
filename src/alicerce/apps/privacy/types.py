"""The words of privacy. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """What somebody may let us use their data for, beyond what the contract needs."""

    NEWS = "news"
    STATISTICS = "statistics"


class Channel(StrEnum):
    CLIENT_AREA = "client_area"
    CHECKOUT = "checkout"
    EMAIL = "email"
    PHONE = "phone"


class RequestKind(StrEnum):
    EXPORT = "export"
    CORRECTION = "correction"
    ERASURE = "erasure"


class RequestStatus(StrEnum):
    OPEN = "open"
    SCHEDULED = "scheduled"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


WAITING = (RequestStatus.OPEN, RequestStatus.SCHEDULED)


class Obstacle(StrEnum):
    """Why somebody cannot be erased yet."""

    SERVICE = "service"
    ORDER = "order"
    INVOICE = "invoice"
    TEAM = "team"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as pages show it."""

    id: UUID
    tenant_id: UUID
    user_id: UUID
    protocol: str
    kind: RequestKind
    status: RequestStatus
    asked_at: datetime
    due_on: date
    runs_at: datetime | None
    closed_at: datetime | None
    kept_until: date | None
    export_id: UUID | None
    export_expires_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING


@dataclass(frozen=True, slots=True)
class ConsentView:
    purpose: Purpose
    given: bool
    version: str
    at: datetime | None
