"""What an operation answers: plain rows, rendered once their relations are filled in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse

Row = dict[str, Any]
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a list, and the cursor of the stretch after it.

    Where a list goes on growing at its end, there is a cursor although nothing follows yet.
    """

    rows: Sequence[Row]
    next_cursor: str | None
    at_end: bool = False

    @property
    def has_more(self) -> bool:
        return self.next_cursor is not None and not self.at_end


class Answer(HttpResponse):
    """A success. `rows` are the objects in it, whatever surrounds them."""

    def __init__(
        self, rows: Row | Slice, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status=status, content_type="application/json", headers=headers)
        self.told = rows

    @property
    def rows(self) -> Sequence[Row]:
        return self.told.rows if isinstance(self.told, Slice) else [self.told]

    def finish(self) -> None:
        """What may take longer than a transaction: nothing, of what is told by rows."""

    def close_up(self, *, path: str) -> None:
        """Put what was told into words; nothing changes it after this."""
        self.content = render(listed(self.told, path))


class FileAnswer(Answer):
    """A file, made once the transaction is over. Others may be changing what it says; it says what was read."""

    def __init__(self, make: Callable[[], bytes], *, name: str, media: str) -> None:
        super().__init__({"object": "file"})
        self._make = make
        self.headers["Content-Type"] = media
        self.headers["Content-Disposition"] = f'inline; filename="{name}"'

    @property
    def rows(self) -> Sequence[Row]:
        return []

    def close_up(self, *, path: str) -> None:
        """Nothing yet."""

    def finish(self) -> None:
        self.content = self._make()


def created(row: Row, *, location: str) -> Answer:
    return Answer(row, status=201, headers={"Location": location})


def accepted(row: Row, *, location: str) -> Answer:
    """Begun, not finished: poll the location."""
    return Answer(row, status=202, headers={"Location": location})


def listed(told: Row | Slice, path: str) -> Row:
    if not isinstance(told, Slice):
        return told
    return {
        "object": "list",
        "data": told.rows,
        "has_more": told.has_more,
        "next_cursor": told.next_cursor,
        "url": path,
    }


def render(payload: Any) -> bytes:
    return orjson.dumps(payload, option=OPTIONS, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | frozenset | set):
        return str(value) if isinstance(value, UUID) else sorted(value)
    return str(value)
