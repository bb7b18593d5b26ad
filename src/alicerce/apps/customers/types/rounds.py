"""The words of rounds of invitations. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.customers.types import CustomerCard, Exchange


class LeftOut(StrEnum):
    """Why somebody on a list is not invited."""

    CLOSED = "closed"
    NO_EMAIL = "no_email"
    HAS_ACCESS = "has_access"
    INVITED = "invited"
    SAME_MAILBOX = "same_mailbox"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whom a round would write to, were it started now, and how many it would leave out why."""

    invited: int
    left_out: Mapping[str, int]
    first: tuple[CustomerCard, ...]


@dataclass(frozen=True, slots=True)
class RoundCard:
    """How far a round of invitations is. `due_at` is when it writes on, while it waits."""

    id: UUID
    state: Exchange
    expected: int
    invited: int
    accepted: int
    left_out: Mapping[str, int]
    a_day: int
    started_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
