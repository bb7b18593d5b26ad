"""Rows of a database dump, read as it streams by: never more of it in memory than one row and a bit.

The tokens are those of MariaDB and MySQL: strings with both ways of escaping, numbers, hexadecimal, NULL. What
is no INSERT or CREATE TABLE is passed over. Nothing here runs SQL.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LONGEST_ROW = 4 * 1024 * 1024
LONGEST_HEAD = 1024 * 1024
MOST_COLUMNS = 500

_SPACE = re.compile(rb"[\s;]+")
_LINE = re.compile(rb"(?:--|#)[^\n]*\n")
_CHARSET = re.compile(rb"\bSET\s+NAMES\s+'?(\w+)", re.IGNORECASE)
_TAKEN = re.compile(rb"-- Dump completed on (\d{4}-\d\d-\d\d)")
_INSERT = re.compile(
    rb"(?:INSERT(?:\s+IGNORE)?|REPLACE)\s+INTO\s+`?(\w+)`?\s*(?:\(([^()]*)\)\s*)?VALUES\s*",
    re.IGNORECASE,
)
_CREATE = re.compile(rb"CREATE TABLE(?: IF NOT EXISTS)?\s+`?(\w+)`?\s*\(", re.IGNORECASE)
_COLUMN = re.compile(rb"[^\S\n]*+`(\w+)`\s")
_NAME = re.compile(rb"`?(\w+)`?")
_QUOTED = re.compile(rb"[^'\";`]*+")
_OPEN, _NEXT = re.compile(rb"\s*\(\s*"), re.compile(rb"\s*([,;])")
# Possessive: a string that is cut short by the end of a part is no shorter string.
_VALUE = re.compile(
    rb"\s*(?:(?:_\w+\s*)?'((?:[^'\\]|\\.|'')*+)'|(NULL)|(0[xX][0-9A-Fa-f]+)|[xX]'([0-9A-Fa-f]*)'"
    rb"|([-+]?[0-9.]+(?:[eE][-+]?\d+)?)|(TRUE|FALSE))\s*([,)])",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ESCAPED = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
CHARSETS: Mapping[str, str] = {"latin1": "cp1252", "ascii": "ascii"}

Value = str | None


class BadDump(ValueError):
    """What is wrong with the file, as a code, and where in it."""

    def __init__(self, code: str, place: int) -> None:
        super().__init__(f"{code} at byte {place}")
        self.code, self.place = code, place


@dataclass(frozen=True, slots=True)
class Row:
    table: str
    values: dict[str, Value]


class Dump:
    """Reads the parts of one file, once. `taken_on` and `charset` are known as far as it was read."""

    def __init__(self, parts: Iterable[bytes], *, wanted: frozenset[str]) -> None:
        self.charset, self.taken_on = "utf-8", ""
        self._parts, self._wanted = iter(parts), wanted
        self._buffer, self._at, self._passed, self._is_over = b"", 0, 0, False
        self._columns: dict[str, list[str]] = {}

    def rows(self) -> Iterator[Row]:
        while self._skip():
            if head := self._match(_INSERT, b"insert", b"replace"):
                yield from self._inserted(head)
            elif head := self._match(_CREATE, b"create table"):
                self._created(head)
            else:
                self._pass_statement()

    def _skip(self) -> bool:
        """To the next statement, over space and comments. False at the end."""
        while self._has(2) or self._has(1):
            if found := _SPACE.match(self._buffer, self._at):
                self._at = found.end()
            elif self._buffer.startswith((b"--", b"#"), self._at):
                self._comment(_LINE)
            elif self._buffer.startswith(b"/*", self._at):
                self._block()
            else:
                return True
        return False

    def _comment(self, pattern: re.Pattern[bytes]) -> None:
        while not (found := pattern.match(self._buffer, self._at)):
            self._within(LONGEST_HEAD, "statement_too_long")
            if not self._more():
                self._note(self._buffer[self._at :])
                self._at = len(self._buffer)
                return
        self._note(found[0])
        self._at = found.end()

    def _block(self) -> None:
        while (end := self._buffer.find(b"*/", self._at)) < 0:
            self._within(LONGEST_ROW, "statement_too_long")
            if not self._more():
                raise self._bad("cut_short")
        self._note(self._buffer[self._at : end])
        self._at = end + 2

    def _note(self, said: bytes) -> None:
        """What comments tell: when the dump was taken, and how its letters are written."""
        if found := _CHARSET.search(said):
            name = found[1].decode("ascii", "replace").lower()
            self.charset = CHARSETS.get(name, "utf-8")
        if found := _TAKEN.search(said):
            self.taken_on = found[1].decode()

    def _match(self, pattern: re.Pattern[bytes], *words: bytes) -> re.Match[bytes] | None:
        """A head of a statement, however many parts it is spread over; None when it is none."""
        while True:
            seen = self._buffer[self._at : self._at + 32].lower()
            if not any(seen.startswith(word[: len(seen)]) for word in words):
                return None
            if found := pattern.match(self._buffer, self._at):
                return found
            if len(self._buffer) - self._at > LONGEST_HEAD or not self._more():
                return None

    def _inserted(self, head: re.Match[bytes]) -> Iterator[Row]:
        table = head[1].decode("ascii", "replace")
        columns = [self._text(name) for name in _NAME.findall(head[2])] if head[2] else None
        self._at = head.end()
        if table not in self._wanted:
            self._pass_statement()
            return
        known = columns or self._columns.get(table)
        if not known:
            raise self._bad("columns_unknown")
        while True:
            values = self._row()
            if len(values) != len(known):
                raise self._bad("other_columns")
            yield Row(table, dict(zip(known, values, strict=True)))
            if self._find(_NEXT)[1] == b";":
                return

    def _row(self) -> list[Value]:
        self._find(_OPEN)
        values: list[Value] = []
        start = self._passed + self._at
        while True:
            found = self._find(_VALUE)
            values.append(self._value(found))
            if self._passed + self._at - start > LONGEST_ROW or len(values) > MOST_COLUMNS:
                raise self._bad("row_too_long")
            if found[7] == b")":
                return values

    def _value(self, found: re.Match[bytes]) -> Value:
        text, null, hexed, quoted_hex, number, truth = found.groups()[:6]
        if text is not None:
            return self._text(_ESCAPE.sub(_unescaped, text) if _escapes(text) else text)
        if null:
            return None
        if hexed or quoted_hex is not None:
            digits = hexed[2:] if hexed else quoted_hex
            return self._text(
                bytes.fromhex((digits.rjust(len(digits) + len(digits) % 2, b"0")).decode())
            )
        return number.decode() if number else str(int(truth.lower() == b"true"))

    def _created(self, head: re.Match[bytes]) -> None:
        self._pass_statement()
        self._columns[head[1].decode("ascii", "replace")] = [
            self._text(found[1])
            for line in self._last.split(b"\n")
            if (found := _COLUMN.match(line + b"\n"))
        ]

    def _pass_statement(self) -> None:
        """Over everything up to the end of the statement; what was passed is kept as far as a head is long."""
        kept: list[bytes] = []
        size = 0
        while True:
            found = _QUOTED.match(self._buffer, self._at)
            assert found, "it matches nothing at least"
            if size < LONGEST_HEAD:
                kept.append(found[0])
                size += len(found[0])
            self._at = found.end()
            if self._at == len(self._buffer):
                if not self._more():
                    break
                continue
            mark = self._buffer[self._at : self._at + 1]
            self._at += 1
            if size < LONGEST_HEAD:
                kept.append(mark)
            if mark == b";":
                break
            if mark != b"`":
                self._pass_string(mark)
        self._last = b"".join(kept)

    def _pass_string(self, mark: bytes) -> None:
        inside = re.compile(rb"(?:[^" + mark + rb"\\]|\\.)*+" + mark, re.DOTALL)
        while not (found := inside.match(self._buffer, self._at)):
            self._within(LONGEST_ROW, "row_too_long")
            if not self._more():
                raise self._bad("cut_short")
        self._at = found.end()

    def _find(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        while True:
            found = pattern.match(self._buffer, self._at)
            if found:
                self._at = found.end()
                return found
            self._within(LONGEST_ROW, "row_too_long")
            if not self._more():
                raise self._bad("not_understood")

    def _has(self, count: int) -> bool:
        while len(self._buffer) - self._at < count:
            if not self._more():
                return False
        return True

    def _more(self) -> bool:
        """Read on; what was read before is let go. False at the end.

        What waits is looked at again from its beginning. It doubles each time, or a file of small parts
        (and what is zipped has parts as small as it likes) would be read for days.
        """
        if self._is_over:
            return False
        waits = self._buffer[self._at :]
        parts, size = [waits], 0
        while size <= len(waits):
            part = next((part for part in self._parts if part), b"")
            if not part:
                self._is_over = True
                break
            parts.append(part)
            size += len(part)
        self._passed += self._at
        self._buffer, self._at = b"".join(parts), 0
        return size > 0

    def _within(self, most: int, code: str) -> None:
        if len(self._buffer) - self._at > most:
            raise self._bad(code)

    def _bad(self, code: str) -> BadDump:
        return BadDump(code, self._passed + self._at)

    def _text(self, raw: bytes) -> str:
        return raw.decode(self.charset, "replace").replace("\0", "")


def _escapes(text: bytes) -> bool:
    return b"\\" in text or b"''" in text


def _unescaped(found: re.Match[bytes]) -> bytes:
    letter = found[1]
    return b"'" if letter is None else _ESCAPED.get(letter, letter)
