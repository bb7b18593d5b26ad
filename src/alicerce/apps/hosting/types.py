"""The words of hosting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
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


class RefusalKind(StrEnum):
    USERNAME_TAKEN = "username_taken"
    NAME_UNUSABLE = "name_unusable"
    DOMAIN_TAKEN = "domain_taken"
    SERVER_FULL = "server_full"
    PERMANENT = "permanent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to, in plain words, and when to come back if it must."""

    verdict: Verdict
    detail: str
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
