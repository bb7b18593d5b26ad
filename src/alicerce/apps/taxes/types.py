"""The words of taxes. Plain Python: safe to import anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class TaxKind(StrEnum):
    ISS = "iss"
    PIS = "pis"
    COFINS = "cofins"
    IBS = "ibs"
    CBS = "cbs"
    OTHER = "other"


class Manner(StrEnum):
    """How a tax and a price stand to one another."""

    ADDED = "added"  # on top of the price
    INCLUDED = "included"  # in the price: price = base + tax
    WITHIN = "within"  # "por dentro": the price itself is the base, and stays what it is


class Withholding(StrEnum):
    """Whether the customer keeps the tax back and pays it in our name."""

    NEVER = "never"
    CUSTOMER = "customer"  # who is written down to withhold ISS
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class TaxSpec:
    """A tax, whom it falls on and since when. What is empty narrows nothing; the rate is in millionths."""

    name: str
    kind: TaxKind
    rate_ppm: int
    manner: Manner
    starts_on: date
    withholding: Withholding = Withholding.NEVER
    country: str = ""
    state: str = ""
    city_code: str = ""
    customer_kind: str = ""
    service_code: str = ""


@dataclass(frozen=True, slots=True)
class TaxCard:
    """A tax as the company wrote it down; its last day, once it has one."""

    id: UUID
    spec: TaxSpec
    ends_on: date | None

    def is_in_force(self, on: date) -> bool:
        return self.spec.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom taxes are asked for: as far as taxes look at a customer."""

    kind: str = ""
    country: str = "BR"
    state: str = ""
    city_code: str = ""
    withholds_iss: bool = False
    locale: str = "pt-br"
    exempt: frozenset[str] = frozenset()  # kinds; an empty word is all of them


@dataclass(frozen=True, slots=True)
class Levy:
    """One tax that falls on one line."""

    tax_id: UUID
    name: str
    kind: TaxKind
    rate_ppm: int
    manner: Manner
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class PlanCodes:
    """What a city hall wants to know about the service that a plan is."""

    plan_id: UUID
    service_code: (
        str  # six digits of the national list: LC 116 item, subitem, and one more step
    )
    nbs: str = ""
    cnae: str = ""
    city_service_code: str = ""


@dataclass(frozen=True, slots=True)
class ExemptionCard:
    """A customer who does not pay a kind of tax, or any; an empty kind is all."""

    id: UUID
    customer_id: UUID
    kind: str
    reason: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """Where a customer is, for taxes."""

    country: str = "BR"
    state: str = ""
    city_code: str = ""


@dataclass(frozen=True, slots=True)
class TaxBook:
    """The taxes of one day for some customers, read once for all their invoices."""

    cards: Sequence[TaxCard] = ()
    payers: Mapping[UUID, Payer] = field(default_factory=dict)
    codes: Mapping[UUID, PlanCodes] = field(default_factory=dict)  # by price

    def service_code(self, price_id: UUID | None) -> str:
        found = self.codes.get(price_id) if price_id else None
        return found.service_code if found else ""


@dataclass(frozen=True, slots=True)
class TaxesAhead:
    """The taxes of many days to come. What its payers are free of depends on the day."""

    book: TaxBook
    exempt: Mapping[UUID, Sequence[ExemptionCard]] = field(default_factory=dict)

    def payer(self, customer_id: UUID, on: date) -> Payer:
        known = self.book.payers.get(customer_id, Payer())
        kinds = {
            one.kind
            for one in self.exempt.get(customer_id, ())
            if one.starts_on <= on and (one.ends_on is None or on <= one.ends_on)
        }
        return replace(known, exempt=frozenset(kinds)) if kinds else known
