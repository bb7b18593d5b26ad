"""The pages of the trail. The surface that shows one knows who the people are."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from alicerce.apps.audit import queries
from alicerce.apps.audit.queries import PAGE, EntryFilter
from alicerce.apps.audit.types import EntryView
from alicerce.apps.audit.web import components
from alicerce.apps.audit.web.components import NameOf, Names
from alicerce.apps.audit.web.things import UrlOf
from alicerce.kernel.access import Request
from alicerce.kernel.db import as_operator
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect, FilterText
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page
from alicerce.ui.panels import EmptyState
from alicerce.ui.shell import ShellName
from alicerce.ui.tables import Table


def trail_everywhere_page(
    request: Request, *, name_of: NameOf, url_of: UrlOf, tenants: Names, time_zone: str
) -> Page:
    """The trail of every company, for an operator."""
    wanted = replace(_wanted(request, time_zone), tenant_id=said_id(request, "empresa"))
    found = queries.entries_everywhere(wanted)
    with as_operator():
        unsealed = queries.unsealed_among(_ids(found))
    table = _table(
        request, found, unsealed=unsealed, name_of=name_of, url_of=url_of, tenants=tenants
    )
    filters = _filters(request, found, name_of, selects=[_companies(request, tenants)])
    return _page("console", [filters, table])


def trail_page(request: Request, *, name_of: NameOf, url_of: UrlOf, time_zone: str) -> Page:
    """The current company's own trail."""
    found = queries.entries(_wanted(request, time_zone))
    unsealed = queries.unsealed_among(_ids(found))
    table = _table(request, found, unsealed=unsealed, name_of=name_of, url_of=url_of)
    return _page("workspace", [_filters(request, found, name_of), table])


def _page(shell: ShellName, parts: list[Content]) -> Page:
    lead = _("Quem fez o quê, quando e de onde. Nada aqui pode ser editado ou apagado.")
    return Page(_("Auditoria"), shell, parts, lead=lead)


def _table(
    request: Request,
    found: Sequence[EntryView],
    *,
    unsealed: Collection[UUID],
    name_of: NameOf,
    url_of: UrlOf,
    tenants: Names | None = None,
) -> Table:
    shown, address = found[:PAGE], partial(here, request)
    return components.trail(
        shown,
        unsealed=unsealed,
        name_of=name_of,
        url_of=url_of,
        tenants=tenants,
        here=address,
        empty=EmptyState(
            _("Nada com estes filtros"), _("Mude ou limpe os filtros."), icon="scroll-text"
        ),
        newer=address(antes="") if "antes" in request.GET else "",
        older=address(antes=str(shown[-1].id)) if len(found) > PAGE else "",
    )


def _ids(found: Sequence[EntryView]) -> list[UUID]:
    return [entry.id for entry in found[:PAGE]]


def _wanted(request: Request, time_zone: str) -> EntryFilter:
    since, zone = _day(request.GET.get("desde", "")), ZoneInfo(time_zone)
    return EntryFilter(
        actor=request.GET.get("pessoa", "").strip(),
        action=request.GET.get("acao", "").strip(),
        entity_id=said_id(request, "objeto"),
        since=datetime(since.year, since.month, since.day, tzinfo=zone) if since else None,
        before_id=said_id(request, "antes"),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _filters(
    request: Request,
    found: Sequence[EntryView],
    name_of: NameOf,
    selects: Sequence[FilterSelect] = (),
) -> Filters:
    asked = request.GET
    chosen = asked.get("pessoa", "")
    actors = sorted({entry.actor for entry in found[:PAGE]} | ({chosen} - {""}))
    people = [("", _("Todas as pessoas")), *((actor, name_of(actor)) for actor in actors)]
    return Filters(
        request.path,
        texts=[
            FilterText("acao", _("Ação, como invoice.paid"), asked.get("acao", "")),
            FilterText("objeto", _("Identificador do objeto"), asked.get("objeto", "")),
            FilterText("desde", _("Desde"), asked.get("desde", ""), kind="date"),
        ],
        selects=[FilterSelect("pessoa", _("Pessoa"), people, chosen), *selects],
    )


def _companies(request: Request, tenants: Names) -> FilterSelect:
    companies = [("", _("Todas as empresas"))]
    companies += sorted(((str(key), name) for key, name in tenants.items()), key=lambda c: c[1])
    return FilterSelect("empresa", _("Empresa"), companies, request.GET.get("empresa", ""))
