"""The words of tenancy. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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


@dataclass(frozen=True, slots=True)
class PayerView:
    """A billing account as operators see it: with the person it belongs to."""

    account: AccountView
    owner: str
    owner_email: str


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in the operators' list."""

    id: UUID
    slug: str
    name: str
    status: TenantStatus
    suspension_reason: str
    base_url: str
    payer: str
    payer_is_suspended: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company as operators see it. The sandbox shares its fate, and is counted nowhere."""

    card: TenantCard
    status: TenantStatus
    suspended_at: datetime | None
    suspension_reason: str
    opened_at: datetime
    owners: tuple[Member, ...]
    members: int
    sandbox: TenantStatus | None

    @property
    def is_suspended(self) -> bool:
        return self.status == TenantStatus.SUSPENDED


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody to be told, and in which language."""

    id: UUID
    email: str
    locale: str


@dataclass(frozen=True, slots=True)
class StandingNews:
    """What to tell about a company or an account that was suspended or is back."""

    id: UUID
    name: str
    reason: str
    link: str
    to: tuple[Correspondent, ...]
