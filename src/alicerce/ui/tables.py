"""Tables: rows of cells that become cards on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from alicerce.ui.component import Component, Content, Words

ColumnKind: TypeAlias = Literal["name", "status", "text", "number", "meter", "extra", "actions"]

NEARLY_FULL, FULL = 80, 90


@dataclass(frozen=True)
class Column:
    """`name` and `status` head the card on a phone; `extra` is not shown there."""

    label: Words
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class TableRow:
    cells: Sequence[Content]
    id: str = ""
    alert: bool = False

    def under(self, columns: Sequence[Column]) -> list[tuple[Column, Content]]:
        return list(zip(columns, self.cells, strict=True))


@dataclass(frozen=True)
class Table(Component):
    """Older and newer are the URLs of the neighbor pages, by cursor."""

    template = "ui/table.html"

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    empty: Content = ""
    newer: str = ""
    older: str = ""
    summary: Words = ""

    @property
    def lines(self) -> list[tuple[TableRow, list[tuple[Column, Content]]]]:
        return [(row, row.under(self.columns)) for row in self.rows]


@dataclass(frozen=True)
class Cell(Component):
    """The first cell of a row: what it is, linked, and a second line."""

    template = "ui/cell.html"

    text: Words
    url: str = ""
    detail: Content = ""
    copy: str = ""


@dataclass(frozen=True)
class Meter(Component):
    """How much of a limit is used; or, for progress, how much of what has to be done was."""

    template = "ui/meter.html"

    used: int
    limit: int
    label: Words
    shown: Words = ""
    is_progress: bool = False

    @property
    def percent(self) -> int:
        """All of it only when nothing is left."""
        return min(100, 100 * self.used // self.limit) if self.limit else 0

    @property
    def level(self) -> Literal["", "warn", "bad"]:
        if self.is_progress:
            return ""
        if self.percent >= FULL:
            return "bad"
        return "warn" if self.percent >= NEARLY_FULL else ""
