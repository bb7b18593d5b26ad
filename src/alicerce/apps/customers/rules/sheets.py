"""Customers as lines of a spreadsheet's CSV, coming in and going out. Pure functions."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from uuid import UUID

from alicerce.apps.customers.rules import fold, phone
from alicerce.apps.customers.types import CustomerKind, Layout, Profile, RowFault
from alicerce.kernel.brazil import BadDocument, document
from alicerce.kernel.spreadsheets import FORMULA, as_csv

BOM, DELIMITERS = "\ufeff", (";", ",", "\t")
LARGEST, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20 * 1024 * 1024, 100_000, 100, 200
HEADER = 1
# Lines read in one step. Files on their way were measured by it: it changes only when none is.
STRETCH = 100
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
# The columns we know, by the names that other programs give them.
NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("nome", "name", "cliente", "razao social", "nome completo"),
    "email": ("email", "e-mail", "mail"),
    "document": ("documento", "document", "cpf", "cnpj", "cpf/cnpj", "cpf ou cnpj", "tax_id"),
    "phone": ("telefone", "phone", "celular", "phonenumber", "fone"),
    "trade_name": ("nome fantasia", "fantasia", "companyname", "trade_name"),
    "external_reference": ("codigo", "codigo externo", "external_reference", "id"),
    "state_registration": ("inscricao estadual", "ie", "state_registration"),
    "city_registration": ("inscricao municipal", "im", "city_registration"),
    "tier": ("nivel", "tier", "grupo"),
    "tags": ("etiquetas", "tags"),
}
REQUIRED = ("name", "email")
REPEATED = "repeated"


class BadSheet(ValueError):
    """No table of text could be read."""


def survey(raw: bytes) -> Layout:
    """Go through a file once, so that each step finds its lines at once. Raises BadSheet.

    Beyond the most rows that we take nobody looks: the total says that there are more.
    """
    if b"\0" in raw:
        raise BadSheet
    encoding, begin = _encoding(raw), len(BOM_UTF8) if raw.startswith(BOM_UTF8) else 0
    first = raw[begin : raw.find(b"\n", begin) + 1 or None].decode(encoding, errors="replace")
    delimiter = max(DELIMITERS, key=first.count)
    paper = BytesIO(raw)
    paper.seek(begin)
    starts, lines, end = [begin], 0, begin
    for _cells, end in islice(_records(paper, encoding, delimiter), HEADER + MOST_ROWS + 1):
        if lines % STRETCH == 0:
            starts.append(end)
        lines += 1
    return Layout(
        encoding, delimiter, max(lines - HEADER, 0), tuple(dict.fromkeys([*starts, end]))
    )


def _encoding(raw: bytes) -> str:
    """UTF-8 with or without its mark; anything else is what old Windows programs write."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def span_of(layout: Layout, position: int | None) -> tuple[int, int]:
    """From which byte to which the stretch of lines at this position goes; of the header, at None."""
    at = 0 if position is None else 1 + position // STRETCH
    return layout.starts[at], layout.starts[at + 1]


def read_stretch(raw: bytes, layout: Layout) -> list[list[str]]:
    """The lines in a part of a file that begins and ends with one. Raises BadSheet."""
    found = _records(BytesIO(raw), layout.encoding, layout.delimiter)
    return [[cell.strip() for cell in cells] for cells, _end in found]


def _records(paper: BytesIO, encoding: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Each line that says something, and the byte after it; one in quotes may go over many."""
    texts = (line.decode(encoding, errors="replace") for line in paper)
    try:
        for cells in csv.reader(texts, delimiter=delimiter):
            if len(cells) > MOST_COLUMNS:
                raise BadSheet
            if any(map(str.strip, cells)):
                yield cells, paper.tell()
    except csv.Error as trouble:
        raise BadSheet from trouble


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column holds which field, as far as their names say."""
    known = {name: field for field, names in NAMES.items() for name in names}
    found: dict[str, int] = {}
    for position, title in enumerate(header):
        field = known.get(fold(title).strip())
        if field:
            found.setdefault(field, position)
    return found


def read_row(
    cells: Sequence[str], columns: Mapping[str, int], tiers: Mapping[str, UUID]
) -> Profile | list[RowFault]:
    """The customer in a line, or everything that is wrong with it."""
    said = {field: _cell(cells, position) for field, position in columns.items()}
    faults = [RowFault(field, "required") for field in REQUIRED if not said.get(field)]
    faults += [RowFault(f, "too_long") for f, v in said.items() if len(v) > _limit(f)]
    if said.get("email") and not EMAIL.fullmatch(said["email"]):
        faults.append(RowFault("email", "bad_email"))
    if said.get("tier") and fold(said["tier"]) not in tiers:
        faults.append(RowFault("tier", "unknown_tier"))
    kind, number = "", ""
    try:
        kind, number = _document(said.get("document", ""))
    except BadDocument:
        faults.append(RowFault("document", "bad_document"))
    return faults or Profile(
        name=said["name"],
        email=said["email"],
        kind=CustomerKind.COMPANY if kind == "cnpj" else CustomerKind.PERSON,
        document=number,
        document_kind=kind,
        trade_name=said.get("trade_name", ""),
        phone=phone(said.get("phone", "")),
        external_reference=said.get("external_reference", ""),
        state_registration=said.get("state_registration", ""),
        city_registration=said.get("city_registration", ""),
        tier_id=tiers.get(fold(said.get("tier", ""))),
        tags=tuple(re.split(r"[|,;]", said.get("tags", ""))),
    )


def repeats(rows: Iterable[Profile | list[RowFault]]) -> dict[int, RowFault]:
    """Lines that say who a line before them said, by what nobody shares, and which line that was.

    Of the e-mail too: within one file the same address twice is a slip, and two customers of one
    address are made by hand. A line with faults brings nobody, so it is nobody's first.
    """
    first: dict[tuple[str, str], int] = {}
    found: dict[int, RowFault] = {}
    for line, row in enumerate(rows, start=HEADER + 1):
        if not isinstance(row, Profile):
            continue
        marks = _marks(row)
        same = next((mark for mark in marks if mark in first), None)
        if same:
            found[line] = RowFault(same[0], REPEATED, first[same])
        else:
            first.update(dict.fromkeys(marks, line))
    return found


def _marks(one: Profile) -> list[tuple[str, str]]:
    """In the spelling that is kept of them."""
    marks = [
        ("document", one.document),
        ("email", one.email.strip().lower()),
        ("external_reference", one.external_reference.strip()),
    ]
    return [mark for mark in marks if mark[1]]


def _cell(cells: Sequence[str], position: int) -> str:
    """A spreadsheet's own guard against formulas, as we write it ourselves, is taken off again."""
    text = cells[position] if 0 <= position < len(cells) else ""
    guarded = text.startswith("'") and text[1:].startswith(FORMULA)
    return text[1:] if guarded else text


def _limit(field: str) -> int:
    limits = {
        "name": 120,
        "trade_name": 120,
        "email": 254,
        "external_reference": 80,
        "state_registration": 20,
        "city_registration": 20,
    }
    return limits.get(field, LONGEST_CELL)


def _document(text: str) -> tuple[str, str]:
    """Nothing, or a kind and a number. A CPF loses its leading zeros in a spreadsheet."""
    if not text:
        return "", ""
    bare = re.sub(r"[\s./-]", "", text)
    padded = bare.zfill(11) if bare.isdigit() and len(bare) < 11 else text  # noqa: PLR2004
    found = document(padded)
    return found.kind, found.number


def write_lines(lines: Iterable[Sequence[str]]) -> str:
    """Lines as spreadsheets here open them."""
    return as_csv(lines, delimiter=";")
