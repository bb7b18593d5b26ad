"""The words of fiscal. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class FiscalStatus(StrEnum):
    """`sent` is also what nobody knows the fate of: it is asked about, never sent again blind."""

    QUEUED = "queued"
    SENT = "sent"
    AUTHORIZED = "authorized"
    REJECTED = "rejected"
    CANCEL_REQUESTED = "cancel_requested"
    CANCELLED = "cancelled"
    SUBSTITUTED = "substituted"


UNSETTLED = (FiscalStatus.QUEUED, FiscalStatus.SENT, FiscalStatus.CANCEL_REQUESTED)
"""Whose next step is ours."""


class Environment(StrEnum):
    PRODUCTION = "1"
    RESTRICTED = "2"


class IssueWhen(StrEnum):
    """What a note follows by itself."""

    ISSUED = "issued"
    PAID = "paid"
    BY_HAND = "by_hand"


class Flaw(StrEnum):
    """Why a document is refused by ourselves, before anybody is asked."""

    NOTHING = "nothing_to_declare"
    SERVICE = "service_code"
    TAKER = "taker_document"
    ADDRESS = "taker_address"


class CancelCode(StrEnum):
    """Why a note is cancelled, by the codes of the layout."""

    MISTAKE = "1"
    NOT_DONE = "2"
    OTHER = "9"


@dataclass(frozen=True, slots=True)
class IssuerSpec:
    """Who issues, and how it is taxed. `simples`: 1 no, 2 MEI, 3 micro or small company."""

    document: str
    city_code: str
    city_registration: str = ""
    series: str = "1"
    simples: str = "1"
    simples_regime: str = ""
    special_regime: str = "0"
    service_code: str = ""
    nbs: str = ""
    when: IssueWhen = IssueWhen.BY_HAND
    environment: Environment = Environment.RESTRICTED
    base_url: str = ""
    ca_pem: str = ""


@dataclass(frozen=True, slots=True)
class IssuerCard:
    spec: IssuerSpec
    enabled: bool
    certificate_name: str
    certificate_until: datetime | None

    @property
    def has_certificate(self) -> bool:
        return self.certificate_until is not None


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says of itself, before it is kept."""

    name: str
    valid_until: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A tax document, as people and programs see it."""

    id: UUID
    invoice_id: UUID
    customer_id: UUID
    status: FiscalStatus
    series: str
    number: int
    dps_id: str
    environment: Environment
    amount: Money
    access_key: str
    note_number: str
    code: str
    reason: str
    cancel_reason: str
    queued_at: datetime
    sent_at: datetime | None
    authorized_at: datetime | None
    ended_at: datetime | None
    replaces_id: UUID | None
    has_sent_xml: bool
    has_note_xml: bool

    @property
    def url(self) -> str:
        """Where anybody may check it, at the national portal."""
        return PUBLIC_PAGE + self.access_key if self.access_key else ""


PUBLIC_PAGE = "https://www.nfse.gov.br/ConsultaPublica/?tpc=1&chave="


@dataclass(frozen=True, slots=True)
class DocumentPage:
    documents: tuple[DocumentCard, ...]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A note that says more than the invoice still asks for: cancel it, or put another in its place."""

    id: UUID
    document_id: UUID
    invoice_id: UUID
    amount: Money
    opened_at: datetime
    closed_at: datetime | None
    resolution: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What of an invoice is declared: the service in cents, its taxes by kind as (rate, cents, withheld)."""

    service_code: str
    service_cents: int
    description: str
    competence: date
    taxes: dict[str, tuple[int, int, bool]]
