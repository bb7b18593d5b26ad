"""The life of a service: what is wanted of it, what the panel shows, and the runs between the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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
    SUPERSEDED = "superseded"


class RunKind(StrEnum):
    """What a run brings about."""

    PROVISION = "provision"
    SUSPEND = "suspend"
    RESUME = "resume"
    CHANGE_PACKAGE = "change_package"
    TERMINATE = "terminate"


class StepKind(StrEnum):
    CHOOSE_SERVER = "choose_server"
    RESERVE_USERNAME = "reserve_username"
    CREATE_ACCOUNT = "create_account"
    DNS_ZONE = "dns_zone"
    START_AUTOSSL = "start_autossl"
    WELCOME = "welcome"
    SUSPEND_ACCOUNT = "suspend_account"
    RESUME_ACCOUNT = "resume_account"
    CHANGE_PACKAGE = "change_package"
    REMOVE_ACCOUNT = "remove_account"
    CONFIRM = "confirm"
    CONCLUDE = "conclude"


class StepStatus(StrEnum):
    TODO = "todo"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    NEEDS_HUMAN = "needs_human"
    SUPERSEDED = "superseded"


AFTERWARDS = (StepKind.CONFIRM, StepKind.CONCLUDE)
PLANS: Mapping[RunKind, tuple[StepKind, ...]] = {
    RunKind.PROVISION: (
        StepKind.CHOOSE_SERVER,
        StepKind.RESERVE_USERNAME,
        StepKind.CREATE_ACCOUNT,
        StepKind.DNS_ZONE,
        StepKind.START_AUTOSSL,
        StepKind.WELCOME,
    ),
    RunKind.SUSPEND: (StepKind.SUSPEND_ACCOUNT, *AFTERWARDS),
    RunKind.RESUME: (StepKind.RESUME_ACCOUNT, *AFTERWARDS),
    RunKind.CHANGE_PACKAGE: (StepKind.CHANGE_PACKAGE, *AFTERWARDS),
    RunKind.TERMINATE: (StepKind.REMOVE_ACCOUNT, *AFTERWARDS),
}
"""The steps of a run, in order."""


class Cause(StrEnum):
    """Why a service is held back. Each is lifted by who put it there; the gravest is shown."""

    UNPAID = "unpaid"
    STAFF = "staff"
    ABUSE = "abuse"
    DISPUTE = "dispute"
    ENDED = "ended"


GRAVITY = (Cause.UNPAID, Cause.DISPUTE, Cause.STAFF, Cause.ABUSE, Cause.ENDED)
MANUAL = (Cause.STAFF, Cause.ABUSE)


class Origin(StrEnum):
    """Whose hand holds a service: a subscription lets go of what it held, and of nothing else."""

    SUBSCRIPTION = "subscription"
    PERSON = "person"


class Scope(StrEnum):
    WEB = "web"
    ALL = "all"


class WebAlone(StrEnum):
    """What becomes of a wish to stop the web alone, at a panel that cannot."""

    WHOLE = "whole"
    NOTHING = "nothing"


class Remover(StrEnum):
    """Who says that a scheduled removal may happen."""

    PERSON = "person"
    CLOCK = "clock"


class DifferenceKind(StrEnum):
    """How a panel and our rows disagree about an account."""

    MISSING = "missing"
    ORPHAN = "orphan"
    SUSPENDED = "suspended_out_of_band"
    RESUMED = "resumed_out_of_band"
    PACKAGE = "plan_differs"
    DOMAIN = "domain_differs"


class DifferenceStatus(StrEnum):
    OPEN = "open"
    DISMISSED = "dismissed"
    SETTLED = "settled"


MENDED = (DifferenceKind.SUSPENDED, DifferenceKind.RESUMED, DifferenceKind.PACKAGE)
"""What asking the panel again for what we want can put right."""


@dataclass(frozen=True, slots=True)
class Custom:
    """How a company wants its services suspended and removed."""

    days_until_removal: int = 30
    remover: Remover = Remover.PERSON
    web_alone: WebAlone = WebAlone.WHOLE
    low_room: int = 5
    """So many places left for a plan, or fewer, are told."""


class RoomLevel(StrEnum):
    """How much room the servers have for more of a plan."""

    ENOUGH = "enough"
    LOW = "low"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class HoldCard:
    """One reason why a service is held back."""

    cause: Cause
    origin: Origin
    scope: Scope
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Belief:
    """What we believe of an account, to be compared with what a panel shows."""

    service_id: UUID
    username: str
    domain: str
    generation: int
    status: str
    package: str
    is_busy: bool
    """A run is on its way, or the account is not made yet: nothing can be said of it now."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a panel shows and what we believe, about one account."""

    kind: DifferenceKind
    username: str
    domain: str
    ours: str = ""
    theirs: str = ""
    service_id: UUID | None = None
