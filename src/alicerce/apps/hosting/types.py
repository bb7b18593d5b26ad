"""The words of hosting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

PRODUCT_KIND = "hosting.account"

Clock = Callable[[], datetime]


class Strategy(StrEnum):
    LEAST_FULL = "least_full"
    FILL_FIRST = "fill_first"


class ServerStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DOWN = "down"


class ServiceStatus(StrEnum):
    PENDING = "pending"
    PROVISIONING = "provisioning"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    ERROR = "error"


class Desired(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Observed(StrEnum):
    ABSENT = "absent"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class RunStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    NEEDS_HUMAN = "needs_human"


class StepKind(StrEnum):
    CHOOSE_SERVER = "choose_server"
    RESERVE_USERNAME = "reserve_username"
    CREATE_ACCOUNT = "create_account"
    DNS_ZONE = "dns_zone"
    START_AUTOSSL = "start_autossl"
    WELCOME = "welcome"


class StepStatus(StrEnum):
    TODO = "todo"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    NEEDS_HUMAN = "needs_human"


class Answer(StrEnum):
    """How an outside call may end."""

    DONE = "done"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a step's attempt means for its run."""

    DONE = "done"
    AGAIN = "again"
    WAIT = "wait"
    RENAME = "rename"
    MOVE = "move"
    FAIL = "fail"
    HUMAN = "human"


class HostFault(StrEnum):
    """Why something is not the name or address of a server."""

    NOT_BARE = "not_bare"
    WITH_PORT = "with_port"
    NO_NAME = "no_name"
    LOCAL = "local"


class RefusalKind(StrEnum):
    USERNAME_TAKEN = "username_taken"
    NAME_UNUSABLE = "name_unusable"
    DOMAIN_TAKEN = "domain_taken"
    SERVER_FULL = "server_full"
    PERMANENT = "permanent"
    OTHER = "other"


class Remark(StrEnum):
    """What can be said of a step. Stored as it is: the words are found when somebody reads."""

    SERVER_CHOSEN = "server_chosen"
    NO_ROOM = "no_room"
    SERVERS_RESTING = "servers_resting"
    NO_LICENCE_ANSWER = "no_licence_answer"
    SEAT_TAKEN = "seat_taken"
    USERNAME_RESERVED = "username_reserved"
    NO_USERNAME = "no_username"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_FOUND = "account_found"
    ACCOUNT_NOT_SHOWN = "account_not_shown"
    ACCOUNT_HALF_MADE = "account_half_made"
    ACCOUNT_REFUSED = "account_refused"
    USERNAME_OF_OTHER = "username_of_other"
    USERNAME_REFUSED = "username_refused"
    DOMAIN_OF_OTHER = "domain_of_other"
    LICENCE_SPENT = "licence_spent"
    TAKEN_OVER = "taken_over"
    ZONE_READY = "zone_ready"
    CERTIFICATE_ASKED = "certificate_asked"
    LIVE = "live"
    NOT_ALLOWED = "not_allowed"
    PANEL_REFUSED = "panel_refused"
    PANEL_AWAY = "panel_away"
    PANEL_SILENT = "panel_silent"
    SERVER_RESTING = "server_resting"
    IN_LINE = "in_line"
    CRASHED = "crashed"
    CRASHED_TOO_OFTEN = "crashed_too_often"
    OUR_FAULT = "our_fault"


@dataclass(frozen=True, slots=True)
class Said:
    """A remark and what it is about; `raw` is how the other side or the machine put it."""

    remark: Remark
    values: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {"code": str(self.remark), "values": dict(self.values), "raw": self.raw[:500]}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(Remark(kept["code"]), kept["values"], kept["raw"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to, and when to come back if it must."""

    verdict: Verdict
    said: Said
    answer: Answer = Answer.DONE
    delay: timedelta | None = None
    server_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """How to reach a panel. The token never shows."""

    base_url: str
    username: str
    token: str = field(repr=False)
    ca_pem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerCard:
    """A server as a step needs it."""

    id: UUID
    name: str
    ip: str
    nameservers: tuple[str, ...]
    access: ServerAccess


@dataclass(frozen=True, slots=True)
class Seat:
    """What the choice of a server looks at."""

    server_id: UUID
    name: str
    accounts: int
    max_accounts: int
    licence_limit: int
    licence_used: int
    licence_seen_at: datetime | None = None

    @property
    def is_full(self) -> bool:
        licensed_out = 0 < self.licence_limit <= self.licence_used
        return self.accounts >= self.max_accounts or licensed_out


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as the panel will know it. Its password is thrown away: nobody needs to know it."""

    username: str
    domain: str
    package: str
    contact_email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PanelAccount:
    username: str
    domain: str
    suspended: bool
    disk_limit: int | None = None
    """In bytes; None is no limit."""


@dataclass(frozen=True, slots=True)
class Licence:
    """How many accounts the panel's licence allows (0: no limit) and how many exist."""

    limit: int
    used: int


@dataclass(frozen=True, slots=True)
class StepTask:
    """Everything an attempt needs to know, read before it leaves the database."""

    run_id: UUID
    turn: int
    attempt: int
    kind: StepKind
    service_id: UUID
    customer_id: UUID
    domain: str
    package: str
    region: str
    username: str
    server: ServerCard | None
    asked_before: bool
    absences: int


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A hosting account as other apps may know it."""

    id: UUID
    customer_id: UUID
    line_id: UUID
    domain: str
    status: ServiceStatus
