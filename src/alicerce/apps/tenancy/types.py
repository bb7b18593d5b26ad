"""The words of tenancy. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class TenantStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class RoleKey(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    FINANCE = "finance"
    SUPPORT = "support"
    READ_ONLY = "read_only"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Access:
    """What a person may do for a tenant."""

    tenant_id: UUID | None
    permissions: frozenset[str] = frozenset()


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
