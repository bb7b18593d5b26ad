"""Which report an address asks for, of which months."""

from datetime import date
from zoneinfo import ZoneInfo

from django.http import Http404

from alicerce.apps.catalog import public as catalog
from alicerce.apps.reports.types import ReportName, Span, months_before
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now

BACK = 36
"""Months that may be chosen."""
LENGTHS = (1, 3, 6, 12)
USUAL = "BRL"


def today() -> date:
    """The day it is where the company is."""
    return now().astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date()


def months() -> list[date]:
    """Those that may be chosen, this one first."""
    this = today().replace(day=1)
    return [months_before(this, back) for back in range(BACK)]


def currencies() -> list[str]:
    """In which the company sells, the usual one first."""
    return sorted({*catalog.currencies_sold()} or {USUAL}, key=lambda one: (one != USUAL, one))


def span_of(request: Request) -> Span:
    """What the address cannot mean is this month, in the usual currency."""
    known = {f"{month:%Y-%m}": month for month in months()}
    month = known.get(request.GET.get("mes", ""), today().replace(day=1))
    length = request.GET.get("por", "")
    by = int(length) if length.isascii() and length.isdigit() else LENGTHS[0]
    offered = currencies()
    currency = request.GET.get("moeda", "")
    return Span(
        month,
        by if by in LENGTHS else LENGTHS[0],
        currency if currency in offered else offered[0],
    )


def named(name: str) -> ReportName:
    try:
        return ReportName(name)
    except ValueError:
        raise Http404 from None
