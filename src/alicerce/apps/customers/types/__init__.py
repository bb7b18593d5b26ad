"""The words of customers. Plain Python: safe to import anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class CustomerStatus(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"
    CLOSED = "closed"


class CustomerRole(StrEnum):
    OWNER = "owner"
    BILLING = "billing"
    TECHNICAL = "technical"


class AddressKind(StrEnum):
    BILLING = "billing"
    OTHER = "other"


class ContactRole(StrEnum):
    DECISION = "decision"
    BILLING = "billing"
    TECHNICAL = "technical"
    OTHER = "other"


class InvitationReason(StrEnum):
    INVITED = "invited"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """On behalf of which customers a person may do what."""

    customers: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset(self.customers)

    def having(self, permission: str) -> tuple[UUID, ...]:
        return self.customers.get(permission, ())


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
    """Who ordered, as far as an order tells."""

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
    kind: str = CustomerKind.PERSON
    document: str = ""
    document_kind: str = ""
    trade_name: str = ""
    phone: str = ""
    locale: str = "pt-br"
    tier_id: UUID | None = None
    external_reference: str = ""
    state_registration: str = ""
    city_registration: str = ""
    iss_withheld: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """A customer as the company sees it. The version is what an update expects to find."""

    id: UUID
    created_at: datetime
    version: int
    status: CustomerStatus
    tier_name: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A line of the list."""

    id: UUID
    name: str
    email: str
    document: str
    status: CustomerStatus
    tier_name: str
    tags: tuple[str, ...]
    phone: str
    external_reference: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerPage:
    customers: tuple[CustomerRow, ...]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of customers is narrowed to; empty means anything."""

    text: str = ""
    status: str = ""
    tier_id: UUID | None = None
    tag: str = ""
    since: datetime | None = None
    brought_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class AddressForm:
    kind: AddressKind
    postal_code: str
    street: str
    number: str
    district: str
    city: str
    state: str
    complement: str = ""


@dataclass(frozen=True, slots=True)
class AddressCard:
    id: UUID
    kind: AddressKind
    postal_code: str
    street: str
    number: str
    complement: str
    district: str
    city: str
    state: str


@dataclass(frozen=True, slots=True)
class ContactForm:
    name: str
    role: ContactRole
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    id: UUID
    name: str
    email: str
    phone: str
    role: ContactRole


@dataclass(frozen=True, slots=True)
class NoteCard:
    id: UUID
    author: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TierCard:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody who acts for a customer."""

    link_id: UUID
    user_id: UUID
    role: CustomerRole
    since: datetime


@dataclass(frozen=True, slots=True)
class InvitationCard:
    id: UUID
    customer_id: UUID
    customer_name: str
    email: str
    role: CustomerRole
    expires_at: datetime


class Exchange(StrEnum):
    """How far a file is, coming in or going out."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"


class RowOutcome(StrEnum):
    CREATED = "created"
    KNOWN = "known"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one field of a line; `line` is the one that said the same before it."""

    field: str
    code: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ImportCard:
    id: UUID
    filename: str
    state: Exchange
    total: int
    position: int
    created: int
    known: int
    wrong: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written, and at which byte the header, each stretch of lines and the end begin."""

    encoding: str
    delimiter: str
    total: int
    starts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file, and which column seems to hold what."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExportCard:
    id: UUID
    owner_id: UUID
    state: Exchange
    written: int
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class SavedViewCard:
    id: UUID
    owner_id: UUID
    name: str
    query: str
    is_shared: bool
