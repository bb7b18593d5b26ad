"""What is printed: a sheet is data, as a page is, and one template sets them all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Literal

import segno

from alicerce.kernel.press import press

TEMPLATE = Path(__file__).parent.joinpath("typst", "sheet.typ").read_text(encoding="utf-8")
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose sheet it is."""

    name: str
    color: str
    mark: str = ""
    """Its logo, as an SVG; the name stands there without one."""


@dataclass(frozen=True, slots=True)
class Party:
    label: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    label: str
    kind: Literal["name", "text", "number"] = "text"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Rows, and below them their sums: the last one is the one that counts."""

    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[str]]
    title: str = ""
    sums: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """A code to scan or to copy."""

    title: str
    told: str
    code: str
    symbol: str

    @classmethod
    def of(cls, code: str, *, title: str, told: str) -> "Scan":
        drawn = BytesIO()
        segno.make_qr(code, error="m").save(drawn, kind="svg", border=2)
        return cls(title, told, code, drawn.getvalue().decode())


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one PDF says, in the language it is said in."""

    title: str
    brand: Letterhead
    language: str
    lead: str = ""
    parties: Sequence[Party] = ()
    pairs: Sequence[tuple[str, str]] = ()
    tables: Sequence[SheetTable] = ()
    pay: Scan | None = None
    notes: Sequence[str] = ()
    foot: str = ""

    @property
    def digest(self) -> str:
        """By which the same sheet is known again."""
        said = json.dumps([TEMPLATE, asdict(self)], sort_keys=True)
        return sha256(said.encode()).hexdigest()


def printed(sheet: Sheet) -> bytes:
    """Its PDF. Raises PressFailed; never within a transaction."""
    return press(TEMPLATE, asdict(sheet))
