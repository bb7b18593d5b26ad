"""What was uploaded, as rows: a dump, plain or zipped, or an archive with a spreadsheet for each table.

Whoever made the file is not trusted: what comes out of it is counted, and compared with what went in.
"""

import csv
import zlib
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from zipfile import BadZipFile, ZipFile

from alicerce.apps.switching.rules.dumps import LONGEST_ROW, BadDump, Dump, Row, Value

LARGEST = 64 * 1024 * 1024
"""Of what is uploaded."""
MOST_BYTES = 4 * 1024 * 1024 * 1024
"""Of what comes out of it."""
MOST_TIMES = 300
"""A dump of text becomes a tenth or a twentieth of its size; what grows beyond this is a bomb."""
FREELY = 32 * 1024 * 1024
PART = 256 * 1024
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
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
    """Counts what went in and what came out."""

    def __init__(self) -> None:
        self.taken = self.given = 0

    def give(self, part: bytes) -> bytes:
        self.given += len(part)
        if self.given > MOST_BYTES or self.given > FREELY + MOST_TIMES * self.taken:
            raise BadDump("too_much_inside", self.given)
        return part


def _unzipped(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Of one gzip file, or of several joined together."""
    bound, reader = _Bound(), zlib.decompressobj(wbits=31)
    for part in parts:
        bound.taken += len(part)
        left = part
        while left:
            yield bound.give(_inflate(reader, left, bound))
            left = reader.unconsumed_tail
            if reader.eof and (left := reader.unused_data):
                reader = zlib.decompressobj(wbits=31)
    if not reader.eof:
        raise BadDump("cut_short", bound.given)


def _inflate(reader: "zlib._Decompress", part: bytes, bound: _Bound) -> bytes:
    try:
        return reader.decompress(part, PART)
    except zlib.error:
        raise BadDump("not_understood", bound.given) from None


def _joined(first: bytes, parts: Iterator[bytes]) -> IO[bytes]:
    """On the disk: where things are in an archive stands at its end."""
    whole = cast("IO[bytes]", SpooledTemporaryFile(FREELY))  # noqa: SIM115 - as long as it is read
    for part in _chain(first, parts):
        whole.write(part)
    whole.seek(0)
    return whole


def _spreadsheets(archive: IO[bytes], wanted: frozenset[str]) -> Iterator[Row]:
    with archive, _archive(archive) as opened:
        if len(opened.infolist()) > MOST_TABLES:
            raise BadDump("too_much_inside", 0)
        for member in opened.infolist():
            path = PurePosixPath(member.filename)
            if path.suffix.lower() == ".csv" and path.stem in wanted:
                bound = _Bound()
                bound.taken = member.compress_size
                with opened.open(member) as raw:
                    yield from _spreadsheet(path.stem, raw, bound)


def _archive(file: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(file)
    except BadZipFile:
        raise BadDump("not_understood", 0) from None


def _spreadsheet(table: str, raw: IO[bytes], bound: _Bound) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_ROW)
    lines = csv.reader(_counted(raw, bound))
    try:
        columns = next(lines, None)
        if not columns:
            return
        for cells in lines:
            if len(cells) != len(columns):
                raise BadDump("other_columns", bound.given)
            yield Row(table, dict(zip(columns, map(_cell, cells), strict=True)))
    except (csv.Error, UnicodeDecodeError, BadZipFile, zlib.error):
        raise BadDump("not_understood", bound.given) from None


def _counted(raw: IO[bytes], bound: _Bound) -> Iterator[str]:
    """Line by line, and none longer than a row may be."""
    text = TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
    while line := text.readline(LONGEST_ROW + 1):
        bound.give(line.encode())
        if len(line) > LONGEST_ROW:
            raise BadDump("row_too_long", bound.given)
        yield line.replace("\0", "")


def _cell(said: str) -> Value:
    return None if said in NOTHING else said
