"""What single cells mean, and what the small tables say that the others name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.switching.rules.dumps import Value
from alicerce.apps.switching.rules.tables import Staged, number
from alicerce.apps.switching.types import Outcome, Place, Remark

BROUGHT = "switching.brought"
"""The kind of products that nobody here delivers."""
CYCLES: Mapping[str, Cycle] = {
    "monthly": Cycle.MONTHLY,
    "quarterly": Cycle.QUARTERLY,
    "semi-annually": Cycle.SEMIANNUAL,
    "semiannually": Cycle.SEMIANNUAL,
    "annually": Cycle.ANNUAL,
    "biennially": Cycle.BIENNIAL,
    "triennially": Cycle.TRIENNIAL,
}
ONCE = frozenset({"one time", "onetime", "free account", "free"})
COLUMNS: Mapping[str, tuple[Cycle, str]] = {
    "monthly": (Cycle.MONTHLY, "msetupfee"),
    "quarterly": (Cycle.QUARTERLY, "qsetupfee"),
    "semiannually": (Cycle.SEMIANNUAL, "ssetupfee"),
    "annually": (Cycle.ANNUAL, "asetupfee"),
    "biennially": (Cycle.BIENNIAL, "bsetupfee"),
    "triennially": (Cycle.TRIENNIAL, "tsetupfee"),
}
MOST_CENTS = 2**31 - 1
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 1, 1)
"""Days beyond stand for none, or for never: nothing can be counted from them."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_DOCUMENT = re.compile(r"cpf|cnpj", re.IGNORECASE)
DAY = 10
"""The letters of a date."""

Body = Mapping[str, Value]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A plan, or none; and what is to be said of the row either way."""

    plan: T | None
    remarks: tuple[Remark, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if self.plan is None:
            return Outcome.REFUSED
        return Outcome.WARNED if self.remarks else Outcome.OK


def refused(code: str, said: str = "") -> "Reading[T]":
    return Reading(None, (Remark(code, said[:120]),))


@dataclass(frozen=True, slots=True)
class Promotion:
    code: str
    kind: str
    value: Decimal
    recurs: bool
    cycles: int


@dataclass(frozen=True, slots=True)
class Reference:
    """The small tables, by id."""

    currencies: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    products: Mapping[int, Body] = field(default_factory=dict)
    addons: Mapping[int, Body] = field(default_factory=dict)
    promotions: Mapping[int, Promotion] = field(default_factory=dict)
    servers: Mapping[int, str] = field(default_factory=dict)
    document_fields: frozenset[int] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def default_currency(self) -> str:
        return next(iter(self.currencies.values()), "BRL")

    @property
    def days_ahead(self) -> int:
        return number(self.settings.get("CreateInvoiceDaysBefore", "14"))

    @property
    def is_continuous(self) -> bool:
        """Whether the next period is invoiced although the one before is not paid."""
        return self.settings.get("ContinuousInvoiceGeneration", "") == "on"

    @property
    def tax_within(self) -> bool:
        return self.settings.get("TaxType", "") == "Inclusive"


SMALL = (
    Place.SETTINGS, Place.CURRENCIES, Place.GROUPS, Place.PRODUCTS, Place.ADDONS, Place.PROMOTIONS,
    Place.SERVERS, Place.FIELDS,
)  # fmt: skip


def reference_of(rows: Iterable[Staged]) -> Reference:
    by_place: dict[Place, dict[int, Body]] = {place: {} for place in SMALL}
    for row in rows:
        by_place[row.place][row.source_id] = row.body
    return Reference(
        currencies=_currencies(by_place[Place.CURRENCIES]),
        groups={id_: text(body, "name") for id_, body in by_place[Place.GROUPS].items()},
        products=by_place[Place.PRODUCTS],
        addons=by_place[Place.ADDONS],
        promotions={id_: _promotion(body) for id_, body in by_place[Place.PROMOTIONS].items()},
        servers={id_: text(body, "name") for id_, body in by_place[Place.SERVERS].items()},
        document_fields=frozenset(
            id_
            for id_, body in by_place[Place.FIELDS].items()
            if text(body, "type") == "client" and _DOCUMENT.search(text(body, "fieldname"))
        ),
        settings={
            text(body, "setting"): text(body, "value")
            for body in by_place[Place.SETTINGS].values()
        },
    )


def _currencies(bodies: Mapping[int, Body]) -> dict[int, str]:
    """The default one first."""
    found = sorted(bodies.items(), key=lambda one: (text(one[1], "default") != "1", one[0]))
    codes = {id_: text(body, "code").upper() for id_, body in found}
    return {id_: code for id_, code in codes.items() if _CURRENCY.fullmatch(code)}


def _promotion(body: Body) -> Promotion:
    return Promotion(
        text(body, "code"),
        text(body, "type").lower(),
        _decimal(text(body, "value")) or Decimal(0),
        text(body, "recurring") == "1",
        number(body.get("recurfor")),
    )


def text(body: Body, name: str) -> str:
    return (body.get(name) or "").strip()


def cents(said: str) -> int | None:
    """None of what is no amount, or none that anybody is asked for."""
    found = _decimal(said)
    if found is None or abs(found) * 100 > MOST_CENTS or found != round(found, 2):
        return None
    return int(found * 100)


def cents_or_zero(body: Body, name: str) -> int:
    return cents(text(body, name) or "0") or 0


def day(said: str) -> date | None:
    """None of the zeros, and of the far days, that stand for none."""
    try:
        found = date.fromisoformat(said[:DAY])
    except ValueError:
        return None
    return found if FIRST_DAY <= found < LAST_DAY else None


def moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    if not FIRST_DAY <= found.date() < LAST_DAY:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def noon(on: date) -> datetime:
    """An instant of a day of which no hour is known."""
    return datetime.combine(on, time(12), UTC)


def _decimal(said: str) -> Decimal | None:
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    is_one = found.is_finite() and found.copy_abs() <= MOST_CENTS
    return found if is_one else None
