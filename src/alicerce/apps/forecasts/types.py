"""The words of forecasts. Plain Python: safe to import anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.dunning.types import LadderSpec
from alicerce.apps.taxes.types import TaxSpec

MOST_MONTHS = 24
KEPT_DAYS = 30
"""So long after it was asked for a forecast is forgotten."""


class Assumption(StrEnum):
    """Who pays, and when. Nobody knows: whoever asks for a forecast says it."""

    DUE = "due"  # everybody on the due day
    NOBODY = "nobody"  # nobody; cards are refused
    CARDS = "cards"  # kept cards, and nobody else
    HABIT = "habit"  # as many days after the due day as the customer used to


class ForecastState(StrEnum):
    RUNNING = "running"
    READY = "ready"
    CANCELED = "canceled"
    FAILED = "failed"


class Side(StrEnum):
    """In which of the two books a row is: as things are, with the change, or in both alike."""

    BASE = "base"
    CHANGED = "changed"
    BOTH = "both"


SIDES = {
    Side.BASE: (Side.BASE, Side.BOTH),
    Side.CHANGED: (Side.CHANGED, Side.BOTH),
    Side.BOTH: (Side.BASE, Side.CHANGED, Side.BOTH),
}
"""Which rows tell a book."""


class HappeningKind(StrEnum):
    MAIL = "mail"
    CHARGE = "charge"
    PAYMENT = "payment"
    OVERDUE = "overdue"
    BANNER = "banner"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    END = "end"
    CHANGE = "change"
    VOID = "void"
    PARK = "park"
    HABIT = "habit"


class Measure(StrEnum):
    """What is summed by month. Taxes are a part of invoices."""

    INVOICES = "invoices"
    TAXES = "taxes"
    PAYMENTS = "payments"
    CHARGES = "charges"
    MAILS = "mails"
    SUSPENSIONS = "suspensions"
    RESUMPTIONS = "resumptions"
    ENDS = "ends"
    PARKS = "parks"


MEASURED = {
    Measure.PAYMENTS: HappeningKind.PAYMENT,
    Measure.CHARGES: HappeningKind.CHARGE,
    Measure.MAILS: HappeningKind.MAIL,
    Measure.SUSPENSIONS: HappeningKind.SUSPENSION,
    Measure.RESUMPTIONS: HappeningKind.RESUMPTION,
    Measure.ENDS: HappeningKind.END,
    Measure.PARKS: HappeningKind.PARK,
}
OF_INVOICES = (Measure.INVOICES, Measure.TAXES)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A plan costs so much more (basis points of it), or exactly so much, for periods that begin from a day on."""

    plan_id: UUID
    since: date
    percent_bp: int | None = None
    amount_cents: int | None = None
    cycle: Cycle | None = None
    currency: str = "BRL"


@dataclass(frozen=True, slots=True)
class TaxChange:
    """Another tax; or another rate of one, from the day on that the new one begins."""

    spec: TaxSpec
    instead_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be different. Nothing given, nothing is."""

    price: PriceChange | None = None
    tax: TaxChange | None = None
    ladder: LadderSpec | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.price or self.tax or self.ladder)


@dataclass(frozen=True, slots=True)
class NewForecast:
    months: int
    assumption: Assumption
    what_if: WhatIf


@dataclass(frozen=True, slots=True)
class ForecastCard:
    """A forecast as people see it. `customers` of `total` were looked at."""

    id: UUID
    state: ForecastState
    months: int
    assumption: Assumption
    what_if: Mapping[str, Any]
    begins_at: datetime
    until: date
    asked_at: datetime
    finished_at: datetime | None
    customers: int
    total: int
    invoices: int
    happenings: int

    @property
    def is_at_work(self) -> bool:
        return self.state == ForecastState.RUNNING

    @property
    def compares(self) -> bool:
        return bool(self.what_if)


@dataclass(frozen=True, slots=True)
class Sum:
    """How often, and how much."""

    count: int = 0
    cents: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.count + other.count, self.cents + other.cents)

    def __sub__(self, other: "Sum") -> "Sum":
        return Sum(self.count - other.count, self.cents - other.cents)


Months = Mapping[tuple[Side, date, Measure], Sum]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows somebody wants to see. What is empty narrows nothing."""

    side: Side = Side.BASE
    month: date | None = None
    kind: str = ""
    customer_id: UUID | None = None
    ref: str = ""
    only_different: bool = False


@dataclass(frozen=True, slots=True)
class ToldInvoice:
    """An invoice as it came out. `invoice_id` is the real one's, of those that were open before."""

    ref: str
    issued_on: date
    due_on: date
    paid_on: date | None
    currency: str
    total_cents: int
    tax_cents: int
    withheld_cents: int
    lines: tuple[tuple[object, ...], ...]
    invoice_id: UUID | None


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    on: date
    kind: HappeningKind
    what: str = ""
    step: str = ""
    ref: str = ""
    subscription_id: UUID | None = None
    cents: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    id: UUID
    side: Side
    customer_id: UUID
    customer: str
    ref: str
    issued_on: date
    due_on: date
    paid_on: date | None
    currency: str
    total_cents: int
    tax_cents: int
    withheld_cents: int
    lines: Sequence[Mapping[str, Any]]
    invoice_id: UUID | None


@dataclass(frozen=True, slots=True)
class HappeningRow:
    id: UUID
    side: Side
    customer_id: UUID
    customer: str
    at: datetime
    on: date
    kind: HappeningKind
    what: str
    step: str
    ref: str
    subscription_id: UUID | None
    cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Of one customer, what both books ask for in all, and how much one is apart from the other."""

    customer_id: UUID
    customer: str
    currency: str
    base: Sum
    changed: Sum


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of rows; `next_after` asks for the following one."""

    rows: Sequence[Any]
    next_after: str
