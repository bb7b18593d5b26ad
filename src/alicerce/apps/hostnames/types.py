"""The words of hostnames. Plain Python: safe to import anywhere."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NameState(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    AT_RISK = "at_risk"
    FAILED = "failed"
    LAPSED = "lapsed"
    DETACHED = "detached"

    @property
    def is_open(self) -> bool:
        """Whether DNS is still asked about it."""
        return self in OPEN

    @property
    def leads_here(self) -> bool:
        return self in LEADING


LEADING = (NameState.ACTIVE, NameState.AT_RISK)
OPEN = (NameState.WAITING, *LEADING)


class Finding(StrEnum):
    """What DNS said the last time it was asked."""

    NOT_ASKED = "not_asked"
    PROVEN = "proven"
    NO_RECORD = "no_record"
    OTHER_RECORD = "other_record"
    HELD = "held"
    NO_ANSWER = "no_answer"


class Turn(StrEnum):
    """What a look changed."""

    NOTHING = "nothing"
    VERIFIED = "verified"
    RECOVERED = "recovered"
    AT_RISK = "at_risk"
    LAPSED = "lapsed"
    FAILED = "failed"


class RecordPurpose(StrEnum):
    PROOF = "proof"
    ALIAS = "alias"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a name has to lead to arrive here: be an alias of this name, or have these addresses."""

    alias: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedRecord:
    """A DNS record that the company makes where its domain is managed."""

    type: str
    name: str
    value: str
    purpose: RecordPurpose


@dataclass(frozen=True, slots=True)
class Seen:
    """What DNS answered. `texts` is None when nobody knows, as is `points_here`."""

    texts: tuple[str, ...] | None
    points_here: bool | None = None


@dataclass(frozen=True, slots=True)
class NameView:
    id: UUID
    domain: str
    state: NameState
    finding: Finding
    points_here: bool | None
    proven_at: datetime | None
    checked_at: datetime | None
    next_at: datetime | None
    lapses_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    is_primary: bool
    url: str
    records: tuple[WantedRecord, ...] = field(repr=False)
