"""The words of identity. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Area(StrEnum):
    """Which of a company's pages somebody sees in another's place."""

    CLIENT = "client"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Errand:
    """Why somebody wants to stand in another's place, and what for."""

    area: Area
    reason: str
    ticket: str = ""
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class StandIn:
    """One person in another's place."""

    id: UUID
    actor_id: UUID
    subject_id: UUID
    errand: Errand
    started_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    consent_id: UUID | None = None

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and at < self.ends_at


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody asked a company for, and what it said."""

    id: UUID
    tenant_id: UUID
    actor_id: UUID
    subject_id: UUID
    errand: Errand
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    is_granted: bool
    used_at: datetime | None
    withdrawn_at: datetime | None = None
    good_until: datetime | None = None

    def is_good(self, *, at: datetime) -> bool:
        """Whether the yes opens something, or what it opened goes on."""
        return self.good_until is not None and at < self.good_until

    def is_waiting(self, *, at: datetime) -> bool:
        return self.answered_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    email: str
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session may rest, and how long it may live at all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner recognizes it."""

    id: int
    browser: str
    system: str
    ip: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """The second factors of a person."""

    app_since: datetime | None = None
    passkeys: tuple[Passkey, ...] = ()
    codes_left: int = 0

    @property
    def any(self) -> bool:
        return bool(self.app_since or self.passkeys)


@dataclass(frozen=True, slots=True)
class Connection:
    """Another service that opens this account, and as whom it knows the person."""

    id: int
    provider: str
    name: str
    known_as: str
    since: datetime


class Proof(StrEnum):
    """How a person shows again that it is they."""

    FACTOR = "factor"
    PASSWORD = "password"  # noqa: S105 (the word, not one)
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asks, and in which session: an approval is good for no other."""

    user_id: UUID
    session: str
