"""Lists by cursor: page a thousand costs what page one does, and nothing is seen twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.problems import invalid

MOST, USUAL = 100, 20
NEWEST: Final = "-created_at"
OLDEST: Final = "created_at"
MARKS = {NEWEST: b"-", OLDEST: b"+"}
LENGTH = 17  # a mark and an id


@dataclass(frozen=True, slots=True)
class Window:
    """Which stretch of a list is wanted. Ids are in the order of their making."""

    limit: int = USUAL
    newest_first: bool = True
    after: UUID | None = None


class ListQuery(Schema):
    """What every list takes; its own filters are added by whoever derives from it."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="Quantos objetos no máximo.")
    cursor: str | None = Field(
        None, max_length=64, description="O `next_cursor` da página anterior."
    )
    sort: Literal["-created_at", "created_at"] = Field(
        NEWEST, description="`-created_at` põe os mais novos primeiro."
    )

    def window(self) -> Window:
        return Window(self.limit, self.sort == NEWEST, self._after())

    def _after(self) -> UUID | None:
        if self.cursor is None:
            return None
        try:
            raw = urlsafe_b64decode(self.cursor.encode() + b"=" * (-len(self.cursor) % 4))
        except (NotBase64, ValueError):
            raw = b""
        if len(raw) != LENGTH or raw[:1] != MARKS[self.sort]:
            raise invalid("cursor", "bad_cursor", _("Este cursor não é desta lista."))
        return UUID(bytes=raw[1:])


def slice_of(rows: "QuerySet[Any]", window: Window, *columns: str) -> Slice:
    """The wanted stretch of these rows, as plain values."""
    if window.after:
        side = "id__lt" if window.newest_first else "id__gt"
        rows = rows.filter(**{side: window.after})
    order = "-id" if window.newest_first else "id"
    found: list[Row] = list(rows.order_by(order).values(*columns)[: window.limit + 1])
    more = len(found) > window.limit
    return Slice(found[: window.limit], _cursor(found, window) if more else None)


def _cursor(found: list[Row], window: Window) -> str:
    mark = MARKS[NEWEST if window.newest_first else OLDEST]
    raw = mark + found[window.limit - 1]["id"].bytes
    return urlsafe_b64encode(raw).decode().rstrip("=")


class ListOut(Schema):
    """What surrounds the objects of a list."""

    object: Literal["list"]
    has_more: bool = Field(description="Se há mais depois desta página.")
    next_cursor: str | None = Field(description="O `cursor` da próxima página.")
    url: str
