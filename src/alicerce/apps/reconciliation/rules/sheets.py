"""Bank statements as files tell them: OFX, and CSV with its columns named. Pure functions."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import BytesIO, StringIO

from ofxtools.header import OFXHeaderError
from ofxtools.Parser import OFXTree, ParseError

from alicerce.apps.reconciliation.types import Entry, Fault, Preview, Sheets

LARGEST, MOST_LINES, SHOWN = 5 * 1024 * 1024, 20_000, 8
LONGEST_HEAD, MOST_TAGS, MOST_COLUMNS = 4096, 24 * MOST_LINES, 60
LONGEST_MEMO, LONGEST_DOCUMENT, LONGEST_CENTS, LONGEST_AMOUNT = 300, 60, 10**14, 24
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 1, 1)
"""Days beyond are mistakes, and leave no room to count from them."""
DECIMALS, THOUSANDS = 2, 3
DELIMITERS = (";", ",", "\t")
UNREADABLE = (
    OFXHeaderError,
    ParseError,
    ValueError,
    LookupError,
    AttributeError,
)
MARK_OF_OFX = re.compile(rb"OFXHEADER|<OFX>", re.IGNORECASE)
BEGINS_OFX = re.compile(rb"<OFX>", re.IGNORECASE)
CDATA, CDATA_ENDS = b"<![CDATA[", b"]]>"
OFX_AMOUNT = re.compile(r"[+-]?\d{0,15}(\.\d{0,10})?", re.ASCII)
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d")
NAMES: Mapping[str, tuple[str, ...]] = {
    "posted_on": ("data", "date", "data lancamento", "data do lancamento", "data movimento"),
    "amount": ("valor", "amount", "valor (r$)", "valor r$", "value"),
    "credit": ("credito", "entrada", "entradas", "credito (r$)", "credit"),
    "debit": ("debito", "saida", "saidas", "debito (r$)", "debit"),
    "memo": ("historico", "descricao", "lancamento", "memo", "description", "detalhes"),
    "document": ("documento", "numero do documento", "id", "identificador", "doc"),
}


class BadStatement(ValueError):
    """Not a statement that can be read."""


def is_ofx(raw: bytes) -> bool:
    return bool(MARK_OF_OFX.search(raw[:LONGEST_HEAD]))


def read_ofx(raw: bytes) -> Sheets:
    """Each line by itself: banks write files that no schema would let pass. Raises BadStatement."""
    tree = OFXTree()
    try:
        tree.parse(BytesIO(_tamed(raw)))
    except UNREADABLE as trouble:
        raise BadStatement from trouble
    root = tree.getroot()
    lines = root.findall(".//STMTTRN") if root is not None else []
    if root is None or len(lines) > MOST_LINES:
        raise BadStatement
    said = [{child.tag: (child.text or "").strip() for child in line} for line in lines]
    entries, faults = _read(said, _of_ofx)
    return Sheets(
        entries,
        faults,
        bank=(root.findtext(".//BANKID") or "")[:20],
        number=(root.findtext(".//ACCTID") or "")[:40],
        currency=(root.findtext(".//CURDEF") or "")[:3],
    )


def preview(raw: bytes) -> Preview:
    """Raises BadStatement."""
    rows = _rows(raw)
    if not rows[1:]:
        raise BadStatement
    header = rows[0]
    known = {name: field for field, names in NAMES.items() for name in names}
    columns: dict[str, int] = {}
    for place, title in enumerate(header):
        if field := known.get(_fold(title)):
            columns.setdefault(field, place)
    return Preview(header, rows[1 : SHOWN + 1], columns)


def read_csv(raw: bytes, columns: Mapping[str, int]) -> Sheets:
    """By the columns that somebody named. Raises BadStatement."""
    rows = _rows(raw)[1:]
    said = [
        {field: row[at].strip() if at < len(row) else "" for field, at in columns.items()}
        for row in rows
    ]
    return Sheets(*_read(said, _of_csv))


def fingerprints(entries: Sequence[Entry]) -> list[str]:
    """The same line of the same account has the same one in every file.

    A bank's own id alone is not enough: some give one to a movement and to its fee. Without an id,
    lines that are alike on one day are told apart by their order.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for one in entries:
        facts: tuple[object, ...] = (one.posted_on, one.cents, one.fitid)
        if not one.fitid:
            facts = (one.posted_on, one.cents, one.memo, one.document)
            seen[facts] += 1
            facts = (*facts, seen[facts])
        found.append(sha256(repr([str(fact) for fact in facts]).encode()).hexdigest())
    return found


def read_cents(text: str) -> int:
    """As people and banks write money: the last mark of two digits is the decimal one. Raises ValueError."""
    said = text.replace("R$", "").replace("\xa0", " ").strip().upper()
    sign = -1 if said.endswith(("D", "-")) or said.startswith(("-", "(")) else 1
    digits = re.sub(r"[^\d.,]", "", said)
    if not 0 < len(digits) <= LONGEST_AMOUNT:
        raise ValueError(text)
    whole, mark, cents = _split(digits)
    try:
        value = Decimal(re.sub(r"[.,]", "", whole) or "0") * 100
        value += Decimal((cents + "00")[:2]) if mark else 0
    except InvalidOperation as trouble:
        raise ValueError(text) from trouble
    if len(cents) > DECIMALS or value >= LONGEST_CENTS:
        raise ValueError(text)
    return sign * int(value)


def read_day(text: str) -> date:
    """Raises ValueError."""
    for form in DAYS:
        try:
            return _of_our_time(datetime.strptime(text.strip()[:10], form).date())  # noqa: DTZ007  a day
        except ValueError:
            continue
    raise ValueError(text)


def _read(
    rows: Iterable[Mapping[str, str]], read: Callable[[Mapping[str, str]], Entry | str | None]
) -> tuple[list[Entry], list[Fault]]:
    """The lines that can be read, and what is wrong with the others, by their place in the file."""
    entries, faults = [], []
    for number, row in enumerate(rows, start=1):
        found = read(row)
        if isinstance(found, Entry):
            entries.append(found)
        elif found:
            field, _, code = found.partition(":")
            faults.append(Fault(number, field, code))
    return entries, faults


def _of_ofx(row: Mapping[str, str]) -> Entry | str | None:
    try:
        cents = _ofx_cents(row.get("TRNAMT", ""))
    except ValueError:
        return "amount:unreadable"
    try:
        told = datetime.strptime(row.get("DTPOSTED", "")[:8], "%Y%m%d")  # noqa: DTZ007  a day
        day = _of_our_time(told.date())
    except ValueError:
        return "posted_on:unreadable"
    memo = " ".join(filter(None, (row.get("NAME", ""), row.get("MEMO", ""))))
    document = row.get("CHECKNUM", "") or row.get("REFNUM", "")
    return _entry(day, cents, memo, document, row.get("FITID", ""))


def _ofx_cents(text: str) -> int:
    """OFX has a point, Brazilian banks often a comma; an exponent, nobody: it would be a number of any length."""
    said = text.replace(",", ".").strip()
    if not OFX_AMOUNT.fullmatch(said):
        raise ValueError(text)
    try:
        exact = Decimal(said or "x") * 100
    except InvalidOperation as trouble:
        raise ValueError(text) from trouble
    if exact != int(exact) or abs(exact) >= LONGEST_CENTS:
        raise ValueError(text)
    return int(exact)


def _tamed(raw: bytes) -> bytes:
    """What the parser reads in time that grows with the file only. Raises BadStatement.

    Its patterns try every split of a run of spaces in the head, and look for the end of each CDATA anew.
    """
    begins = BEGINS_OFX.search(raw, 0, LONGEST_HEAD)
    if begins is None or raw.count(b"<") > MOST_TAGS:
        raise BadStatement
    lines = [b" ".join(line.split()) for line in raw[: begins.start()].splitlines()]
    head = b"\n".join(line for line in lines if line)
    apart = b"\n" * 9  # as many lines as it takes for the head, wherever the body begins
    return head + apart + _without_cdata(raw[begins.start() :])


def _without_cdata(body: bytes) -> bytes:
    first, *sections = body.split(CDATA)
    parts = [first]
    for section in sections:
        inside, end, after = section.partition(CDATA_ENDS)
        if not end:
            raise BadStatement
        parts += [inside.replace(b"<", b" "), after]
    return b"".join(parts)


def _of_our_time(day: date) -> date:
    if not FIRST_DAY <= day < LAST_DAY:
        raise ValueError(day)
    return day


def _of_csv(row: Mapping[str, str]) -> Entry | str | None:
    try:
        day = read_day(row.get("posted_on", ""))
    except ValueError:
        return "posted_on:unreadable"
    try:
        cents = _csv_cents(row)
    except ValueError:
        return "amount:unreadable"
    return _entry(day, cents, row.get("memo", ""), row.get("document", ""), "")


def _csv_cents(row: Mapping[str, str]) -> int:
    if row.get("amount"):
        return read_cents(row["amount"])
    sides = [
        sign * abs(read_cents(row[name]))
        for name, sign in (("credit", 1), ("debit", -1))
        if row.get(name)
    ]
    if not sides:
        raise ValueError("no amount")
    return sum(sides)


def _entry(day: date, cents: int, memo: str, document: str, fitid: str) -> Entry | None:
    """A line that moves nothing, such as a balance, is none."""
    if not cents:
        return None
    said = " ".join(memo.split())[:LONGEST_MEMO]
    return Entry(day, cents, said, document.strip()[:LONGEST_DOCUMENT], fitid.strip())


def _rows(raw: bytes) -> list[list[str]]:
    """All there are; no more is kept of a file than a statement has lines and columns."""
    if b"\0" in raw:
        raise BadStatement
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    told = csv.reader(StringIO(text), delimiter=max(DELIMITERS, key=first.count))
    rows: list[list[str]] = []
    try:
        for row in told:
            if len(row) > MOST_COLUMNS or len(rows) > MOST_LINES + 1:
                raise BadStatement
            if any(map(str.strip, row)):
                rows.append(row)
    except csv.Error as trouble:
        raise BadStatement from trouble
    if len(rows) > MOST_LINES + 1:
        raise BadStatement
    return rows


def _split(digits: str) -> tuple[str, str, str]:
    """Before the decimal mark, the mark, after it. A lone mark before three digits parts thousands."""
    place = max(digits.rfind("."), digits.rfind(","))
    if place < 0 or len(digits) - place - 1 == THOUSANDS:
        return digits, "", ""
    return digits[:place], digits[place], digits[place + 1 :]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).strip().lower()
