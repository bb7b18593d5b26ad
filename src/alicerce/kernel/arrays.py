"""A column of values as PostgreSQL writes an array.

psycopg looks at every element by two patterns, which is most of what a batch costs its process; here
elements of one type are written together.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import filterfalse
from typing import Any
from uuid import UUID

NULL = "NULL"


def array_of(values: Sequence[Any]) -> Any:
    """The array's text, to be cast by the statement; of types that are not known, the values themselves."""
    kinds = set(map(type, filterfalse(_is_none, values)))
    writing = _writing(kinds)
    if writing is None:
        return list(values)
    return "{" + ",".join([NULL if one is None else writing(one) for one in values]) + "}"


def _is_none(value: object) -> bool:
    return value is None


def _writing(kinds: set[type]) -> Callable[[Any], str] | None:
    if not kinds:
        return str
    if len(kinds) == 1:
        return WRITINGS.get(next(iter(kinds)))
    return _quoted if all(issubclass(kind, str) for kind in kinds) else None


def _quoted(text: str) -> str:
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hex(octets: bytes) -> str:
    return '"\\\\x' + octets.hex() + '"'


WRITINGS: dict[type, Callable[[Any], str]] = {
    UUID: str,
    int: str,
    bool: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    str: _quoted,
    bytes: _hex,
}
