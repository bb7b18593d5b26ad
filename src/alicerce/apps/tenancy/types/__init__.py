"""The words of tenancy. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.tenancy.types.hosts import HostView as HostView
from alicerce.apps.tenancy.types.restricted import Door as Door
from alicerce.apps.tenancy.types.restricted import RestrictionCause as RestrictionCause


class TenantStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class RoleKey(StrEnum):
    """The roles that every company has, and those that only the platform's own company has."""

    OWNER = "owner"
    ADMIN = "admin"
    FINANCE = "finance"
    SUPPORT = "support"
    SALES = "sales"
    DEVELOPER = "developer"
    READ_ONLY = "read_only"
    OPERATOR = "operator"
    OPERATOR_FINANCE = "operator_finance"
    OPERATOR_SUPPORT = "operator_support"


class ProductKey(StrEnum):
    HOSTING = "hosting"
    AGENCY = "agency"
    CRM = "crm"
    BI = "bi"
    AUTOMATION = "automation"


class LimitKey(StrEnum):
    """What a company has up to a number; each is counted where it is made."""

    MEMBERS = "members"
    CUSTOMERS = "customers"
    API_KEYS = "api_keys"


class Purpose(StrEnum):
    """What somebody is invited for."""

    MEMBER = "member"
    PAYER = "payer"


class InvitationStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    PAST_DUE = "past_due"


@dataclass(frozen=True, slots=True)
class SessionMinutes:
    """How long sessions rest and last; None is as long as everybody's."""

    idle: int | None = None
    absolute: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in one company, and what holds there."""

    tenant_id: UUID
    slug: str
    name: str
    status: str
    is_root: bool
    role: str
    permissions: frozenset[str]
    session_timeout_minutes: int
    suspension_reason: str
    base_url: str
    idle_minutes: int | None = None
    absolute_minutes: int | None = None

    @property
    def is_open(self) -> bool:
        return self.status == TenantStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class Workspace:
    """The company a workspace acts for, and whether its address serves every company."""

    tenant_id: UUID | None
    is_platform_address: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """What a person may do for a tenant, and where else they work."""

    tenant_id: UUID | None
    permissions: frozenset[str] = frozenset()
    standings: tuple[Standing, ...] = ()

    @property
    def standing(self) -> Standing | None:
        """What the person is in this very tenant; None for who does not work there."""
        return next((one for one in self.standings if one.tenant_id == self.tenant_id), None)


@dataclass(frozen=True, slots=True)
class SessionWishes:
    """In minutes, all that somebody wants to be kept: the shortest of each holds."""

    idle: tuple[int, ...] = ()
    absolute: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TenantCard:
    """What others show of a tenant."""

    id: UUID
    slug: str
    name: str
    legal_name: str
    document: str
    city: str
    time_zone: str
    locale: str
    alert_email: str
    base_url: str
    brand_color: str
    is_root: bool = False
    logo_path: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a company says about itself."""

    name: str
    legal_name: str
    document: str
    city: str
    time_zone: str
    locale: str
    alert_email: str
    brand_color: str
    session_timeout_minutes: int
    lets_operators_in: bool = True
    operators_ask: bool = False


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What somebody says to open a company; without an account, one is opened to pay for it."""

    slug: str
    profile: dict[str, str | int]
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role as it is in this company. `key` names it; a person reads `name`."""

    key: str
    name: str
    permissions: frozenset[str]
    is_shipped: bool
    is_changed: bool
    is_locked: bool
    members: int = 0
    sessions: SessionMinutes = SessionMinutes()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works in the company."""

    user_id: UUID
    name: str
    email: str
    role: RoleView
    since: datetime


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as the company that sent it sees it."""

    id: UUID
    purpose: Purpose
    email: str
    role_key: str
    role: str
    sent_at: datetime
    expires_at: datetime
    is_expired: bool
    letters: int


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as the invited person sees it."""

    id: UUID
    tenant_id: UUID
    tenant_name: str
    purpose: Purpose
    email: str
    role: str
    inviter: str


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """What the letter of an invitation needs; its link holds a token that is kept nowhere."""

    invited: Invited
    letters: int
    locale: str
    link: str


@dataclass(frozen=True, slots=True)
class ProductView:
    key: ProductKey
    is_enabled: bool
    limits: dict[str, int]
    since: datetime | None
    until: datetime | None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a company has of a product: whether at all, up to what, and until when."""

    is_enabled: bool
    limits: dict[str, int]
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class LimitView:
    """How much there is of something, and the most there may be; None is without a limit."""

    key: LimitKey
    used: int
    most: int | None

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.used >= self.most


@dataclass(frozen=True, slots=True)
class ClockView:
    """The time in a sandbox, and where its clock is going, if it is."""

    reads_at: datetime
    until: datetime | None
    was_moved: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """A billing account, and the companies that it pays for."""

    id: UUID
    owner_id: UUID
    name: str
    billing_email: str
    payment_status: PaymentStatus
    suspended_at: datetime | None
    suspension_reason: str
    pays_for: tuple[UUID, ...] = ()
