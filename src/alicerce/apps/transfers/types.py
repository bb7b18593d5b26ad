"""The words of transfers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

Clock = Callable[[], datetime]


class Stage(StrEnum):
    EXAMINING = "examining"
    READY = "ready"
    BLOCKED = "blocked"
    MOVING = "moving"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"


OVER = (Stage.DONE, Stage.CANCELED, Stage.FAILED)
OPEN = tuple(stage for stage in Stage if stage not in OVER)


class Step(StrEnum):
    """A part of the examination, in the order in which they come."""

    REACH = "reach"
    ACCOUNT = "account"
    DOMAINS = "domains"
    COMPARE = "compare"


class Code(StrEnum):
    """What can be said of a transfer. Stored as it is: the words are found when somebody reads."""

    REQUESTED = "requested"
    CORRECTED = "corrected"
    LOOKING = "looking"
    REACHED = "reached"
    ACCOUNT_SEEN = "account_seen"
    DOMAINS_SEEN = "domains_seen"
    COMPARED = "compared"
    SOURCE_AWAY = "source_away"
    SOURCE_SILENT = "source_silent"
    DESTINATION_AWAY = "destination_away"
    GAVE_UP = "gave_up"
    READY = "ready"
    BLOCKED = "blocked"
    MOVING = "moving"
    DONE = "done"
    CANCELED = "canceled"
    FORGOTTEN = "token_expired"

    DENIED = "wrong_token"
    NOT_TRUSTED = "not_trusted"
    ADDRESS_INSIDE = "address_inside"
    SOURCE_REFUSED = "source_refused"
    NO_ACCOUNT = "no_account"
    SOURCE_SUSPENDED = "source_suspended"
    ALREADY_HERE = "already_here"
    DESTINATION_MISSING = "destination_missing"
    DISK_TOO_SMALL = "disk_too_small"
    DOMAIN_OF_ANOTHER = "domain_of_another"

    DOMAIN_DIFFERS = "domain_differs"
    USERNAME_TAKEN = "username_taken"
    MORE_DOMAINS = "more_domains"
    DOMAINS_UNTOLD = "domains_untold"
    DISK_UNTOLD = "disk_untold"


BLOCKING: Mapping[Code, Step] = {
    Code.ADDRESS_INSIDE: Step.REACH,
    Code.NOT_TRUSTED: Step.REACH,
    Code.DENIED: Step.REACH,
    Code.SOURCE_REFUSED: Step.REACH,
    Code.NO_ACCOUNT: Step.ACCOUNT,
    Code.SOURCE_SUSPENDED: Step.ACCOUNT,
    Code.ALREADY_HERE: Step.COMPARE,
    Code.DESTINATION_MISSING: Step.COMPARE,
    Code.DISK_TOO_SMALL: Step.COMPARE,
    Code.DOMAIN_OF_ANOTHER: Step.COMPARE,
}
"""What keeps a transfer from being made, and where it shows."""
CAUTIONS: Mapping[Code, Step] = {
    Code.DISK_UNTOLD: Step.ACCOUNT,
    Code.MORE_DOMAINS: Step.DOMAINS,
    Code.DOMAINS_UNTOLD: Step.DOMAINS,
    Code.DOMAIN_DIFFERS: Step.COMPARE,
    Code.USERNAME_TAKEN: Step.COMPARE,
}
"""What whoever moves the account must know."""


@dataclass(frozen=True, slots=True)
class Said:
    """A code and what it is about; `raw` is how the other side put it."""

    code: Code
    values: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""

    @property
    def blocks(self) -> bool:
        return self.code in BLOCKING

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {"code": str(self.code), "values": dict(self.values), "raw": self.raw[:500]}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(Code(kept["code"]), kept["values"], kept["raw"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where the account is now, and who may look at it. `login` owns the token: root, or a reseller."""

    host: str
    port: int
    login: str
    username: str
    certificate: str = ""

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """A transfer as somebody asks for it."""

    service_id: UUID
    source: Source
    token: str = field(repr=False)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is different in the source when it is examined again. Without a token, the one we have."""

    source: Source
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Domain:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the source shows of itself and of the account; no account is a fact as well.

    `domains` is None when the source does not tell them to this token.
    """

    version: str
    domain: str = ""
    plan: str = ""
    suspended: bool = False
    disk_used: int | None = None
    domains: tuple[Domain, ...] | None = None
    has_account: bool = True


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the account shall go, as far as the comparison needs to know it.

    `elsewhere` are domains of the source that other services of the company have.
    """

    domain: str
    username: str
    host_names: tuple[str, ...] = ()
    has_account: bool = True
    disk_limit: int | None = None
    is_name_taken: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Everything an examination needs to know, read before it leaves the database."""

    transfer_id: UUID
    examination: int
    service_id: UUID
    source: Source
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination came to."""

    facts: SourceFacts | None
    disk_limit: int | None
    findings: tuple[Said, ...]

    @property
    def is_clear(self) -> bool:
        return not any(found.blocks for found in self.findings)
