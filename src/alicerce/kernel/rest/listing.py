"""Lists by cursor: page a thousand costs what page one does, and nothing is seen twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, cast

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.problems import Invalid, invalid

MOST, USUAL = 100, 20
NEWEST: Final = "-created_at"
LONGEST_CURSOR = 1024
MADE: Mapping[str, tuple[str, ...]] = {"created_at": ("id",)}
"""What a list is sorted by unless it says more. Ids are in the order of their making."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which stretch of a list is wanted: in the order of which columns, after which values of them.

    Together the columns are of one row only, so that the next page begins where this one ended
    however many rows are alike.
    """

    limit: int = USUAL
    sort: str = NEWEST
    keys: tuple[str, ...] = ("id",)
    after: Sequence[Any] | None = None
    first: Sequence[Any] | None = None
    """Values before every row, of a list that grows at its end only: it has a cursor there too."""

    @property
    def descends(self) -> bool:
        return self.sort.startswith("-")


class ListQuery(Schema):
    """What every list takes; its own filters are added by whoever derives from it.

    A list that sorts by more says so twice: in `sort`, for who reads the document, and in `orders`.
    One that grows at the end of an order only names in `grows` what stands before its first row.
    """

    orders: ClassVar[Mapping[str, tuple[str, ...]]] = MADE
    grows: ClassVar[Mapping[str, tuple[Any, ...]]] = {}

    limit: int = Field(USUAL, ge=1, le=MOST, description="Quantos objetos no máximo.")
    cursor: str | None = Field(
        None,
        max_length=LONGEST_CURSOR,
        description="O `next_cursor` da página anterior, com o mesmo `sort`.",
    )
    sort: Literal["-created_at", "created_at"] = Field(
        NEWEST, description="`-created_at` põe os mais novos primeiro."
    )

    def window(self) -> Window:
        keys = self.orders.get(self.sort) or self.orders[self.sort.removeprefix("-")]
        first = self.grows.get(self.sort)
        return Window(self.limit, self.sort, keys, self._after(len(keys)), first)

    def _after(self, width: int) -> Sequence[Any] | None:
        if self.cursor is None:
            return None
        said = _opened(self.cursor)
        if len(said) != 1 + width or said[0] != self.sort:
            raise _no_cursor()
        return said[1:]


def slice_of(rows: "QuerySet[Any]", window: Window, *columns: str) -> Slice:
    """The wanted stretch of these rows, as plain values; the columns hold the window's keys."""
    if window.after is not None:
        rows = rows.filter(_beyond(rows, window, window.after))
    order = [f"-{key}" if window.descends else key for key in window.keys]
    found: list[Row] = list(rows.order_by(*order).values(*columns)[: window.limit + 1])
    shown, more = found[: window.limit], len(found) > window.limit
    if window.first is None:
        return Slice(shown, _cursor(_place(shown[-1], window), window) if more else None)
    last = _place(shown[-1], window) if shown else window.after or window.first
    return Slice(shown, _cursor(last, window), at_end=not more)


def _beyond(
    rows: "QuerySet[Any]", window: Window, after: Sequence[Any]
) -> GreaterThan | LessThan:
    """Compared as one, for the database to begin in the index right there."""
    fields = [rows.model._meta.get_field(key) for key in window.keys]
    try:
        values = [
            Value(field.to_python(value), output_field=field)
            for field, value in zip(fields, after, strict=True)
        ]
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise _no_cursor() from None
    here = Func(*map(F, window.keys), function="ROW", output_field=TextField())
    there = Func(*values, function="ROW", output_field=TextField())
    return LessThan(here, there) if window.descends else GreaterThan(here, there)


def _place(row: Row, window: Window) -> Sequence[Any]:
    return [row[key] for key in window.keys]


def _cursor(place: Sequence[Any], window: Window) -> str:
    raw = orjson.dumps([window.sort, *place])
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _opened(cursor: str) -> list[Any]:
    """The sort and the values in it. Anybody can write one: what is in it is only ever compared."""
    try:
        said = orjson.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (NotBase64, ValueError):
        raise _no_cursor() from None
    plain = isinstance(said, list) and all(_is_plain(each) for each in said)
    if not plain or not said:
        raise _no_cursor()
    return cast("list[Any]", said)


def _is_plain(value: Any) -> bool:
    return type(value) is int or (isinstance(value, str) and "\0" not in value)


def _no_cursor() -> Invalid:
    return invalid("cursor", "bad_cursor", _("Este cursor não é desta lista."))


class ListOut(Schema):
    """What surrounds the objects of a list."""

    object: Literal["list"]
    has_more: bool = Field(description="Se há mais depois desta página.")
    next_cursor: str | None = Field(
        description="O `cursor` da próxima página; nulo no fim de uma lista que não cresce por ali."
    )
    url: str
