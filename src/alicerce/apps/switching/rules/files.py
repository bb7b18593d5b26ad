"""What was uploaded, as rows: a dump, plain or zipped, or an archive with a spreadsheet for each table.

Whoever made the file is not trusted: what comes out of it is counted, and compared with what went in.
"""

import csv
import struct
import zlib
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from alicerce.apps.switching.rules.dumps import (
    LONGEST_ROW,
    MOST_COLUMNS,
    BadDump,
    Dump,
    Row,
    Value,
)

LARGEST = 64 * 1024 * 1024
"""Of what is uploaded."""
MOST_BYTES = 4 * 1024 * 1024 * 1024
"""Of what comes out of it."""
MOST_TIMES = 300
"""A dump of text becomes a tenth or a twentieth of its size; what grows beyond this is a bomb."""
FREELY = 32 * 1024 * 1024
PART = 256 * 1024
WINDOW = 16 * 1024
GZIP, ZIP, LISTED = b"\x1f\x8b", b"PK\x03\x04", b"PK\x01\x02"
BROKEN = (BadZipFile, EOFError, NotImplementedError, OverflowError, ValueError, struct.error)
"""What the archive module says of an archive that is none, in places."""
NOTHING = frozenset({"NULL", "\\N"})
MOST_TABLES = 300


def rows_of(
    dump: Iterable[bytes], *, wanted: frozenset[str]
) -> tuple[Iterator[Row], Dump | None]:
    """The rows of the tables asked for, as they come; and the dump, which knows more when it was read."""
    parts = iter(dump)
    first = next(parts, b"")
    if first.startswith(ZIP):
        return _spreadsheets(_joined(first, parts), wanted), None
    plain = _chain(first, parts)
    if first.startswith(GZIP):
        plain = _unzipped(plain)
    read = Dump(plain, wanted=wanted)
    return read.rows(), read


def _chain(first: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


class _Bound:
    """Counts what went in and what came out, of the whole and of one row."""

    def __init__(self) -> None:
        self.taken = self.given = self.of_row = 0

    def give(self, part: bytes) -> bytes:
        self.given += len(part)
        self.of_row += len(part)
        if self.given > MOST_BYTES or self.given > FREELY + MOST_TIMES * self.taken:
            raise BadDump("too_much_inside", self.given)
        return part


def _unzipped(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Of one gzip file, or of several joined together: what follows one is copied, so it is little."""
    bound, reader = _Bound(), zlib.decompressobj(wbits=31)
    for part in _windows(parts):
        bound.taken += len(part)
        left = part
        while left:
            yield bound.give(_inflate(reader, left, bound))
            left = reader.unconsumed_tail
            if reader.eof and (left := reader.unused_data):
                reader = zlib.decompressobj(wbits=31)
    if not reader.eof:
        raise BadDump("cut_short", bound.given)


def _windows(parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield from (part[place : place + WINDOW] for place in range(0, len(part), WINDOW))


def _inflate(reader: "zlib._Decompress", part: bytes, bound: _Bound) -> bytes:
    try:
        return reader.decompress(part, PART)
    except zlib.error:
        raise BadDump("not_understood", bound.given) from None


def _joined(first: bytes, parts: Iterator[bytes]) -> IO[bytes]:
    """On the disk: where things are in an archive stands at its end."""
    whole = cast("IO[bytes]", SpooledTemporaryFile(FREELY))  # noqa: SIM115 - as long as it is read
    listed = 0
    for part in _chain(first, parts):
        listed += part.count(LISTED)
        if listed > 2 * MOST_TABLES:  # the list is read whole, whatever it promises to be
            whole.close()
            raise BadDump("too_much_inside", 0)
        whole.write(part)
    whole.seek(0)
    return whole


def _spreadsheets(archive: IO[bytes], wanted: frozenset[str]) -> Iterator[Row]:
    """One bound for all of them: a hundred may stand at one place of the archive."""
    bound = _Bound()
    with archive:
        bound.taken = archive.seek(0, 2)
        with _archive(archive) as opened:
            for table, member in _tables(opened, wanted):
                with _member(opened, member, bound) as raw:
                    yield from _spreadsheet(table, raw, bound)


def _tables(opened: ZipFile, wanted: frozenset[str]) -> Iterator[tuple[str, ZipInfo]]:
    if len(opened.infolist()) > MOST_TABLES:
        raise BadDump("too_much_inside", 0)
    for member in opened.infolist():
        path = PurePosixPath(member.filename)
        if path.suffix.lower() == ".csv" and path.stem in wanted:
            yield path.stem, member


def _archive(file: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(file)
    except BROKEN:
        raise BadDump("not_understood", 0) from None


def _member(opened: ZipFile, member: ZipInfo, bound: _Bound) -> IO[bytes]:
    """Neither locked nor packed in a manner that swells out of our sight."""
    is_locked = bool(member.flag_bits & 1)
    if is_locked or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadDump("not_understood", bound.given)
    try:
        return opened.open(member)
    except BROKEN:
        raise BadDump("not_understood", bound.given) from None


def _spreadsheet(table: str, raw: IO[bytes], bound: _Bound) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_ROW)
    rows = _rows(raw, bound)
    columns = next(rows, None)
    if not columns:
        return
    if len(columns) > MOST_COLUMNS:
        raise BadDump("row_too_long", bound.given)
    for cells in rows:
        if len(cells) != len(columns):
            raise BadDump("other_columns", bound.given)
        yield Row(table, dict(zip(columns, map(_cell, cells), strict=True)))


def _rows(raw: IO[bytes], bound: _Bound) -> Iterator[list[str]]:
    lines = csv.reader(_counted(raw, bound))
    while True:
        bound.of_row = 0
        try:
            cells = next(lines, None)
        except BadDump:
            raise
        except (csv.Error, zlib.error, *BROKEN):
            raise BadDump("not_understood", bound.given) from None
        if cells is None:
            return
        yield cells


def _counted(raw: IO[bytes], bound: _Bound) -> Iterator[str]:
    """Line by line, and none longer than a row may be; nor a row of many lines."""
    text = TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
    while line := text.readline(LONGEST_ROW + 1):
        bound.give(line.encode())
        if bound.of_row > LONGEST_ROW:
            raise BadDump("row_too_long", bound.given)
        yield line.replace("\0", "")


def _cell(said: str) -> Value:
    return None if said in NOTHING else said
