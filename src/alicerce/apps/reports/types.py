"""The words of reports. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class ReportName(StrEnum):
    MRR = "mrr"
    CHURN = "churn"
    AGING = "aging"
    COLLECTED = "collected"
    TAX = "tax"
    DEFERRED = "deferred"
    MARGIN = "margin"


class Source(StrEnum):
    """Which rows are behind a figure."""

    MOVEMENTS = "movements"
    BRINGING = "bringing"
    PAYING = "paying"
    LOST = "lost"
    OWED = "owed"
    COLLECTED = "collected"
    TAXES = "taxes"
    DEFERRED = "deferred"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Hundredths of a percent."""

    basis_points: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows of one figure: of which source, between which days, narrowed to what."""

    source: Source
    first: date
    last: date
    of: str = ""

    def __str__(self) -> str:
        return f"{self.source}~{self.first}~{self.last}~{self.of}"

    @classmethod
    def parse(cls, told: str) -> "Behind":
        """Raises ValueError for what is none."""
        source, first, last, of = told.split("~")
        return cls(Source(source), date.fromisoformat(first), date.fromisoformat(last), of)


Value = Money | Ratio | int | str | date | None
"""None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    behind: Behind | None = None
    thing: tuple[str, UUID] | None = None
    """What it names, to be opened by who may: its kind and id."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the one of the period before; its code is what programs know it by."""

    code: str
    value: Value
    before: Value = None
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period, and a table; `drawn` is the column that its chart shows."""

    name: ReportName
    figures: Sequence[Figure]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell] = ()
    drawn: int | None = None
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows behind a figure; the total and the count are of all of them: the figure itself."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Value
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, of one currency."""

    last_month: date
    months: int
    currency: str = "BRL"

    @property
    def first(self) -> date:
        return months_before(self.last_month, self.months - 1)

    @property
    def last(self) -> date:
        return end_of_month(self.last_month)

    @property
    def opening(self) -> date:
        return self.first - timedelta(days=1)

    @property
    def before(self) -> "Span":
        """As many months, just before."""
        return Span(months_before(self.first, 1), self.months, self.currency)

    @property
    def each(self) -> list[date]:
        return [months_before(self.last_month, back) for back in reversed(range(self.months))]


def months_before(month: date, count: int) -> date:
    """The first day of the month so many before this one."""
    whole = month.year * 12 + month.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)


def end_of_month(month: date) -> date:
    return months_before(month, -1) - timedelta(days=1)
