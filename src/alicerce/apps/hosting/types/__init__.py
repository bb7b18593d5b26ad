"""The words of hosting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.hosting.types.life import (
    AFTERWARDS,
    GRAVITY,
    MANUAL,
    MENDED,
    PLANS,
    Belief,
    Cause,
    Custom,
    Desired,
    DifferenceKind,
    DifferenceStatus,
    Disagreement,
    HoldCard,
    Observed,
    Origin,
    Remover,
    RoomLevel,
    RunKind,
    RunStatus,
    Scope,
    ServiceStatus,
    StepKind,
    StepStatus,
    WebAlone,
)
from alicerce.apps.hosting.types.outcomes import (
    Answer,
    Outcome,
    RefusalKind,
    Remark,
    Said,
    Verdict,
)

__all__ = [
    "AFTERWARDS",
    "GRAVITY",
    "MANUAL",
    "MENDED",
    "PLANS",
    "PRODUCT_KIND",
    "Answer",
    "Belief",
    "Cause",
    "Clock",
    "Custom",
    "Desired",
    "DifferenceKind",
    "DifferenceStatus",
    "Disagreement",
    "HoldCard",
    "HostFault",
    "Licence",
    "NewAccount",
    "Observed",
    "Origin",
    "Outcome",
    "PanelAccount",
    "RefusalKind",
    "Remark",
    "Remover",
    "RoomLevel",
    "RunKind",
    "RunStatus",
    "Said",
    "Scope",
    "Seat",
    "ServerAccess",
    "ServerCard",
    "ServerStatus",
    "ServiceCard",
    "ServiceStatus",
    "StepKind",
    "StepStatus",
    "StepTask",
    "Strategy",
    "Verdict",
    "WebAlone",
]

PRODUCT_KIND = "hosting.account"

Clock = Callable[[], datetime]


class Strategy(StrEnum):
    LEAST_FULL = "least_full"
    FILL_FIRST = "fill_first"


class ServerStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DOWN = "down"


class HostFault(StrEnum):
    """Why something is not the name or address of a server."""

    NOT_BARE = "not_bare"
    WITH_PORT = "with_port"
    NO_NAME = "no_name"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """How to reach a panel. The token never shows."""

    base_url: str
    username: str
    token: str = field(repr=False)
    ca_pem: str = field(repr=False)
    is_guarded: bool = False


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

    @property
    def room(self) -> int:
        """How many more accounts it takes."""
        own = self.max_accounts - self.accounts
        return min(own, self.licence_limit - self.licence_used) if self.licence_limit else own


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
    disk_used: int | None = None
    """In bytes; None when the panel does not say."""
    package: str = ""


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
    operation: RunKind = RunKind.PROVISION
    wanted_package: str = ""
    wanted_server_id: UUID | None = None
    """Where it was sold to live; None is wherever there is room."""
    cause: str = ""
    is_unsettled: bool = False
    """An older call was not answered: what it asked for may still happen."""
    is_overruled: bool = False
    """Something else is wanted by now."""


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A hosting account as other apps may know it."""

    id: UUID
    customer_id: UUID
    line_id: UUID
    domain: str
    status: ServiceStatus
