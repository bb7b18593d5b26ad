"""Customers as lines of a spreadsheet's CSV, coming in and going out. Pure functions."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from uuid import UUID

from alicerce.apps.customers.rules import fold, phone
from alicerce.apps.customers.types import CustomerKind, Profile, RowFault
from alicerce.kernel.brazil import BadDocument, document
from alicerce.kernel.spreadsheets import FORMULA, as_csv

BOM, DELIMITERS = "\ufeff", (";", ",", "\t")
LARGEST, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5 * 1024 * 1024, 10_000, 100, 200
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


class BadSheet(ValueError):
    """No table of text could be read."""


def read_sheet(raw: bytes) -> list[list[str]]:
    """The lines of a file, header first, whatever program wrote it. Raises BadSheet."""
    text = _decode(raw)
    if "\0" in text:
        raise BadSheet
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(StringIO(text), delimiter=delimiter))
    except csv.Error as trouble:
        raise BadSheet from trouble
    if any(len(line) > MOST_COLUMNS for line in lines):
        raise BadSheet
    return [[cell.strip() for cell in line] for line in lines if any(map(str.strip, line))]


def _decode(raw: bytes) -> str:
    """UTF-8 with or without its mark; anything else is what old Windows programs write."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


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
