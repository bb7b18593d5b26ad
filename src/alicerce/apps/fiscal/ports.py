"""What fiscal needs of the world: somebody who makes tax documents of what a company declares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from alicerce.apps.fiscal.types import CancelCode, Declared, IssuerSpec


@dataclass(frozen=True, slots=True)
class IssuerConfig:
    """As whom documents are issued."""

    spec: IssuerSpec
    base_url: str
    cert_pem: str = field(repr=False)
    key_pem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakerAddress:
    city_code: str
    postal_code: str
    street: str
    number: str
    complement: str
    district: str


@dataclass(frozen=True, slots=True)
class Taker:
    """For whom a document is."""

    name: str
    document: str
    city_registration: str = ""
    email: str = ""
    phone: str = ""
    address: TakerAddress | None = None


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """What is declared. The same document always gives an equal order, and so the same bytes."""

    dps_id: str
    series: str
    number: int
    issued_at: datetime
    taker: Taker
    declared: Declared
    city_service_code: str = ""
    nbs: str = ""
    replaces_key: str = ""


@dataclass(frozen=True, slots=True)
class CancelOrder:
    access_key: str
    code: CancelCode
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Authorized:
    access_key: str
    number: str
    xml: str = field(repr=False)


class Rejected(Exception):
    """The authority refuses what is declared, with a code of its own."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code, self.reason = code, reason


class FiscalIssuer(Protocol):
    """Whatever calls out raises Rejected, Unavailable or Unknown."""

    def name_of(self, *, series: str, number: int) -> str:
        """The name a document has from its first moment, whoever asks."""

    def write(self, order: DocumentOrder) -> str:
        """The signed document, as it would be sent. Calls nobody."""

    def send(self, xml: str) -> Authorized:
        """Have it authorized. Sent twice, the second time is refused or finds the first."""

    def find(self, dps_id: str) -> Authorized | None:
        """What became of a document that was sent; None when it never arrived."""

    def cancel(self, order: CancelOrder) -> None:
        """Have an authorized document cancelled."""

    def is_cancelled(self, access_key: str) -> bool:
        """Whether it is, after an answer was lost."""

    def close(self) -> None:
        """Let go of the connection."""


issuers: dict[str, Callable[[IssuerConfig], FiscalIssuer]] = {}


@dataclass(frozen=True, slots=True)
class OpenedCertificate:
    """A company's certificate and key as PEM, and what it says of itself."""

    cert_pem: str = field(repr=False)
    key_pem: str = field(repr=False)
    name: str
    document: str
    valid_until: datetime


certificates: dict[str, Callable[[bytes, str], OpenedCertificate | None]] = {}
"""Who opens a certificate file with its password; None when it does not open."""
