"""What the platform sees of its companies and of who pays for them, and what it writes to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.identity.types import Person
from alicerce.apps.tenancy.types import AccountView, Member, TenantCard, TenantStatus


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
class StandingNews:
    """What to tell about a company or an account that was suspended or is back."""

    id: UUID
    name: str
    reason: str
    link: str
    to: tuple[Person, ...]
