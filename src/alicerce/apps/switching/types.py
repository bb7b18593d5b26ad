"""The words of switching. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class Place(StrEnum):
    """A table of the other program."""

    SETTINGS = "tblconfiguration"
    CURRENCIES = "tblcurrencies"
    GROUPS = "tblproductgroups"
    PRODUCTS = "tblproducts"
    ADDONS = "tbladdons"
    PRICING = "tblpricing"
    PROMOTIONS = "tblpromotions"
    SERVERS = "tblservers"
    FIELDS = "tblcustomfields"
    FIELD_VALUES = "tblcustomfieldsvalues"
    CLIENTS = "tblclients"
    CONTACTS = "tblcontacts"
    HOSTING = "tblhosting"
    HOSTING_ADDONS = "tblhostingaddons"
    DOMAINS = "tbldomains"
    CANCELLATIONS = "tblcancelrequests"
    UPGRADES = "tblupgrades"
    INVOICES = "tblinvoices"
    ITEMS = "tblinvoiceitems"
    PAYMENTS = "tblaccounts"
    TICKETS = "tbltickets"
    REPLIES = "tblticketreplies"


BROUGHT = (
    Place.PRODUCTS,
    Place.ADDONS,
    Place.CLIENTS,
    Place.HOSTING,
    Place.HOSTING_ADDONS,
    Place.DOMAINS,
    Place.INVOICES,
    Place.PAYMENTS,
    Place.TICKETS,
)
"""What becomes something of ours, in the order in which it does. The other tables go with these."""
SERVICES = (Place.HOSTING, Place.HOSTING_ADDONS, Place.DOMAINS)


class DumpStage(StrEnum):
    """Where a dump is."""

    READING = "reading"
    EXAMINING = "examining"
    EXAMINED = "examined"
    BRINGING = "bringing"
    BROUGHT = "brought"
    FAILED = "failed"
    CANCELED = "canceled"


AT_WORK = frozenset({DumpStage.READING, DumpStage.EXAMINING, DumpStage.BRINGING})


class Outcome(StrEnum):
    """What becomes of a row."""

    OK = "ok"
    WARNED = "warned"
    REFUSED = "refused"


class Course(StrEnum):
    """How far a company is with leaving the other program."""

    BESIDE = "beside"
    UNDOING = "undoing"
    CROSSING = "crossing"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row: a code, with how the row put it. Words are found when somebody reads."""

    code: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    place: Place
    ok: int = 0
    warned: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        return self.ok + self.warned + self.refused


@dataclass(frozen=True, slots=True)
class DumpCard:
    """A dump as pages and programs see it."""

    id: UUID
    filename: str
    stage: DumpStage
    taken_on: date | None
    uploaded_at: datetime
    finished_at: datetime | None
    fault: str
    fault_place: int
    rows: int
    done: int
    total: int
    counts: tuple[PlaceCount, ...] = ()
    created: int = 0
    updated: int = 0
    same: int = 0
    kept: int = 0

    @property
    def is_at_work(self) -> bool:
        return self.stage in AT_WORK


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the report: where it is in the other program, and what is to be said of it."""

    id: UUID
    place: Place
    source_id: int
    outcome: Outcome
    remarks: tuple[Remark, ...]


class DifferenceKind(StrEnum):
    """What two books do not agree on, and why. Only what no rule explains keeps anybody from crossing."""

    AMOUNT = "amount"
    ONLY_HERE = "only_here"
    ONLY_THERE = "only_there"
    NEXT_DATE = "next_date"
    STATUS = "status"
    TAX = "tax"
    TAX_AMOUNT = "tax_amount"
    LATE_FEE = "late_fee"
    BY_HAND = "by_hand"
    PRICE_CHANGED = "price_changed"
    PRORATED = "prorated"
    UPGRADED = "upgraded"
    NEW_SERVICE = "new_service"
    NOT_BROUGHT = "not_brought"
    NOT_RUNNING = "not_running"
    CHANGED_THERE = "changed_there"
    AWAITS_PAYMENT = "awaits_payment"
    CHANGED_HERE = "changed_here"


UNEXPLAINED = frozenset(
    {
        DifferenceKind.AMOUNT,
        DifferenceKind.ONLY_HERE,
        DifferenceKind.ONLY_THERE,
        DifferenceKind.NEXT_DATE,
        DifferenceKind.STATUS,
        DifferenceKind.TAX_AMOUNT,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Cents are nothing where it is no matter of money."""

    kind: DifferenceKind
    place: Place
    source_id: int
    due_on: date | None
    ours_cents: int
    theirs_cents: int
    currency: str
    customer_id: UUID | None = None
    invoice: int = 0
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_explained(self) -> bool:
        return self.kind not in UNEXPLAINED

    @property
    def cents(self) -> int:
        return self.theirs_cents - self.ours_cents


@dataclass(frozen=True, slots=True)
class KindTotal:
    kind: DifferenceKind
    rows: int
    cents: int


@dataclass(frozen=True, slots=True)
class ShadowCard:
    """One comparison of what we would have billed with what the other program did."""

    id: UUID
    dump_id: UUID
    since: date
    until: date
    at: datetime
    finished_at: datetime | None
    invoices: int
    lines: int
    matched: int
    ours: tuple[Money, ...]
    theirs: tuple[Money, ...]
    kinds: tuple[KindTotal, ...] = ()

    @property
    def unexplained(self) -> int:
        return sum(one.rows for one in self.kinds if one.kind in UNEXPLAINED)

    @property
    def explained(self) -> int:
        return sum(one.rows for one in self.kinds if one.kind not in UNEXPLAINED)


@dataclass(frozen=True, slots=True)
class OldInvoiceView:
    """An invoice of the other program, kept to look at."""

    id: UUID
    source_id: int
    number: str
    customer_id: UUID
    issued_on: date
    due_on: date
    paid_on: date | None
    status: str
    total: Money
    paid: Money
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Balances:
    """The same three sums in both books, by currency: paid ever, still owed, held as credit."""

    currency: str
    paid_there: int
    paid_here: int
    owed_there: int
    owed_here: int
    held_there: int
    held_here: int

    @property
    def are_equal(self) -> bool:
        pairs = (
            (self.paid_there, self.paid_here),
            (self.owed_there, self.owed_here),
            (self.held_there, self.held_here),
        )
        return all(there == here for there, here in pairs)
