"""The words of endpoints. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)


class DisabledReason(StrEnum):
    """Why nothing is sent any more; nothing while it is."""

    NOT = ""
    BY_HAND = "by_hand"
    GONE = "gone"
    FAILING = "failing"


class Verdict(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class EndpointForm:
    """An endpoint as somebody wants it."""

    url: str
    types: tuple[str, ...]
    description: str = ""
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint as others see it. Its secret is shown once, by whoever made it."""

    id: UUID
    url: str
    description: str
    types: tuple[str, ...]
    is_ordered: bool
    disabled: DisabledReason
    created_at: datetime
    failures: int
    rests_until: datetime | None
    previous_secret_until: datetime | None

    @property
    def is_enabled(self) -> bool:
        return self.disabled is DisabledReason.NOT


@dataclass(frozen=True, slots=True)
class Health:
    """How the latest deliveries of an endpoint ended, and when it is tried next."""

    delivered: int = 0
    failed: int = 0
    open: int = 0
    next_at: datetime | None = None

    @property
    def percent(self) -> int | None:
        ended = self.delivered + self.failed
        return round(100 * self.delivered / ended) if ended else None


@dataclass(frozen=True, slots=True)
class LoggedEventView:
    id: UUID
    type: str
    version: int
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryView:
    id: UUID
    endpoint_id: UUID
    event: LoggedEventView
    status: DeliveryStatus
    attempts: int
    next_at: datetime | None
    answered: int | None
    error: str
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One request as it went, without what would let somebody else sign, and what came back."""

    number: int
    at: datetime
    url: str
    headers: dict[str, str]
    status: int | None
    error: str
    answer: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt, signed and ready to leave."""

    delivery_id: UUID
    endpoint_id: UUID
    number: int
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel. Without a status nobody answered, and `error` says why."""

    status: int | None
    error: str = ""
    answer: str = ""
    milliseconds: int = 0
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many deliveries are sent again, and how many of the asked for still wait to be asked."""

    count: int
    left: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a receiver may count on, as the guide says it."""

    attempts: tuple[timedelta, ...]  # how long after the one before; the first leaves at once
    answer_within: timedelta
    longest_wait_asked: timedelta
    tried_without_rest: int
    longest_rest: timedelta
    gives_up_after: timedelta
    both_secrets_for: timedelta
    kept: timedelta
    longest_body: int
    replayed_at_once: int
