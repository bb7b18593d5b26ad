"""The words of customers. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class CustomerRole(StrEnum):
    OWNER = "owner"
    BILLING = "billing"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """On behalf of which customers a person acts, and what that lets them do."""

    permissions: frozenset[str] = frozenset()
    customers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """What others show of a customer."""

    id: UUID
    name: str
    email: str
    document: str
    document_kind: str
    locale: str


@dataclass(frozen=True, slots=True)
class NewCustomer:
    name: str
    email: str
    document: str
    document_kind: str
    locale: str = "pt-br"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the company writes down of a customer, normalized."""

    name: str
    email: str
    document: str = ""
    document_kind: str = ""
    locale: str = "pt-br"
