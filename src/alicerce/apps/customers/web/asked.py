"""What the address of the list says: whom it shows, and in which columns."""

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import parse_qsl, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from alicerce.apps.customers.types import CustomerStatus, Wanted
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request

NARROWING = ("q", "situacao", "nivel", "etiqueta", "desde", "trazido")
KEPT = (*NARROWING, "colunas")


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """What cannot be read narrows nothing."""
    status = asked.get("situacao", "")
    return Wanted(
        text=_text(asked.get("q", "").strip())[:120],
        status=status if status in set(CustomerStatus) else "",
        tier_id=_id(asked.get("nivel", "")),
        tag=_text(asked.get("etiqueta", ""))[:40],
        since=_day(asked.get("desde", "")),
        brought_by=_id(asked.get("trazido", "")),
    )


def is_narrowed(request: HttpRequest) -> bool:
    return any(request.GET.get(name) for name in NARROWING)


def user_id(request: Request) -> UUID:
    """Who looks; a guarded page has somebody."""
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


def kept_query(text: str) -> str:
    """Only what a list knows, in one order: what people store is no open door."""
    said = dict(parse_qsl(text[:500]))
    return urlencode({name: said[name] for name in KEPT if said.get(name)})


def _text(text: str) -> str:
    """A form may carry what no database keeps."""
    return "" if "\0" in text else text


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> datetime | None:
    """When that day begins where the company is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), tzinfo=ZoneInfo(tenancy.tenant_card().time_zone))
