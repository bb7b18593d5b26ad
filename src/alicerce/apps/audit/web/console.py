"""The audit trail in the operator's panel. The surface that shows it knows who the people are."""

from collections.abc import Sequence
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
from alicerce.kernel.access import Request
from alicerce.kernel.db import as_operator
from alicerce.ui.forms import Filters, FilterSelect, FilterText
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page
from alicerce.ui.panels import EmptyState


def trail_page(request: Request, *, name_of: NameOf, tenants: Names, time_zone: str) -> Page:
    found = queries.entries(_wanted(request, ZoneInfo(time_zone)))
    shown = found[:PAGE]
    address = partial(here, request)
    table = components.trail(
        shown,
        unsealed=_unsealed(shown),
        name_of=name_of,
        tenants=tenants,
        here=address,
        empty=EmptyState(
            _("Nada com estes filtros"), _("Mude ou limpe os filtros."), icon="scroll-text"
        ),
        newer=address(antes="") if "antes" in request.GET else "",
        older=address(antes=str(shown[-1].id)) if len(found) > PAGE else "",
    )
    return Page(
        _("Auditoria"),
        "console",
        [_filters(request, shown, name_of, tenants), table],
        lead=_("Quem fez o quê, quando e de onde. Nada aqui pode ser editado ou apagado."),
    )


def _wanted(request: Request, zone: ZoneInfo) -> EntryFilter:
    since = _day(request.GET.get("desde", ""))
    return EntryFilter(
        actor=request.GET.get("pessoa", "").strip(),
        action=request.GET.get("acao", "").strip(),
        entity_id=said_id(request, "objeto"),
        tenant_id=said_id(request, "empresa"),
        since=datetime(since.year, since.month, since.day, tzinfo=zone) if since else None,
        before_id=said_id(request, "antes"),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _unsealed(entries: Sequence[EntryView]) -> set[UUID]:
    ids = [entry.id for entry in entries]
    with as_operator():
        return set(queries.unsealed().filter(pk__in=ids).values_list("pk", flat=True))


def _filters(
    request: Request, entries: Sequence[EntryView], name_of: NameOf, tenants: Names
) -> Filters:
    asked = request.GET
    chosen = asked.get("pessoa", "")
    actors = sorted({entry.actor for entry in entries} | ({chosen} - {""}))
    people = [("", _("Todas as pessoas")), *((actor, name_of(actor)) for actor in actors)]
    companies = [("", _("Todas as empresas"))]
    companies += sorted(((str(key), name) for key, name in tenants.items()), key=lambda c: c[1])
    return Filters(
        request.path,
        texts=[
            FilterText("acao", _("Ação, como invoice.paid"), asked.get("acao", "")),
            FilterText("objeto", _("Identificador do objeto"), asked.get("objeto", "")),
            FilterText("desde", _("Desde"), asked.get("desde", ""), kind="date"),
        ],
        selects=[
            FilterSelect("pessoa", _("Pessoa"), people, chosen),
            FilterSelect("empresa", _("Empresa"), companies, asked.get("empresa", "")),
        ],
    )
