"""The words of issuers: as whom a company asks for money. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

OF_OLD = "W"
"""Of invoices that were asked for by another program: they keep the numbers they have there, and nobody issues as it."""


@dataclass(frozen=True, slots=True)
class IssuerForm:
    """What a person says of another issuer."""

    legal_name: str
    document: str
    city_registration: str = ""
    address: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class IssuerCard:
    """As whom invoices of a series are issued. The company itself is the first, under its own id."""

    id: UUID
    legal_name: str
    document: str
    city: str
    series: str
    is_own: bool = False
    is_default: bool = False
    city_registration: str = ""
    address: str = ""
    retired_at: datetime | None = None

    @property
    def form(self) -> IssuerForm:
        return IssuerForm(
            self.legal_name, self.document, self.city_registration, self.address, self.city
        )


@dataclass(frozen=True, slots=True)
class IssuerStanding:
    """An issuer, and how far its series has come."""

    card: IssuerCard
    next_number: int
    has_begun: bool
    customers: int = 0
