"""Servers in the operator's panel: the list, one server, and its buttons."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.queries.servers import ServerRow, servers_everywhere
from alicerce.apps.hosting.services.accept_accounts import accept_accounts
from alicerce.apps.hosting.services.check_server import request_check
from alicerce.apps.hosting.web import server_components as parts
from alicerce.apps.hosting.web.components import Names, server_badge
from alicerce.apps.hosting.web.server_editing import find, trail
from alicerce.apps.hosting.web.server_editing import urlpatterns as editing
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.ui.buttons import LinkButton
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

WATCH, SETTLED = 2, 0
LATEST = 2**32


@requires("platform:operate")
@requires(permissions.READ_SERVERS)
@require_safe
def servers(request: Request) -> HttpResponse:
    everything, tenants = servers_everywhere(), tenancy.tenant_names()
    shown = [server for server in everything if _fits(server, request)]
    page = Page(
        _("Servidores"),
        "console",
        [
            parts.stats(everything),
            _filters(request, everything, tenants),
            parts.servers_table(shown, tenants, at=now(), empty=_nothing(bool(everything))),
        ],
        lead=_("Onde as contas são criadas. Novas contas vão para quem tem lugar na região."),
        actions=[_add_button()] if permissions.WRITE_SERVERS in request.permissions else [],
    )
    return render_page(request, page)


def _add_button() -> LinkButton:
    url = reverse("console:server_new")
    return LinkButton(_("Adicionar servidor"), url, icon="plus", variant="primary")


def _nothing(has_any: bool) -> EmptyState:  # noqa: FBT001 - one question, asked once
    if has_any:
        return EmptyState(
            _("Nenhum servidor com estes filtros"),
            _("Mude ou limpe os filtros."),
            icon="search",
        )
    return EmptyState(
        _("Nenhum servidor ainda"),
        _("Adicione o primeiro: sem servidor, um pedido pago não tem onde entrar no ar."),
        _add_button(),
        icon="server",
    )


def _fits(server: ServerRow, request: Request) -> bool:
    asked = request.GET
    words = asked.get("q", "").strip().lower()
    text = f"{server.name} {server.hostname} {server.ip} {server.pool} {server.region}"
    states = {
        "atencao": server.needs_attention,
        "pausados": not server.accepting,
        "aceitando": server.accepting,
    }
    return (
        words in text.lower()
        and asked.get("empresa", "") in {"", str(server.tenant_id)}
        and asked.get("regiao", "") in {"", server.region}
        and states.get(asked.get("estado", ""), True)
    )


def _filters(request: Request, everything: list[ServerRow], tenants: Names) -> Filters:
    asked = request.GET
    regions = sorted({server.region for server in everything if server.region})
    owners = sorted({(str(s.tenant_id), tenants.get(s.tenant_id, "")) for s in everything})
    states = [
        ("", _("Qualquer estado")),
        ("atencao", _("Precisam de atenção")),
        ("aceitando", _("Aceitam novas contas")),
        ("pausados", _("Sem novas contas")),
    ]
    all_regions = [("", _("Qualquer região")), *((region, region) for region in regions)]
    all_owners = [("", _("Todas as empresas")), *owners]
    return Filters(
        request.path,
        search=asked.get("q", ""),
        search_label=_("Filtrar por nome, IP ou região"),
        selects=[
            FilterSelect("estado", _("Estado"), states, asked.get("estado", "")),
            FilterSelect("regiao", _("Região"), all_regions, asked.get("regiao", "")),
            FilterSelect("empresa", _("Empresa"), all_owners, asked.get("empresa", "")),
        ],
    )


@requires("platform:operate")
@requires(permissions.READ_SERVERS)
@require_safe
def server(request: Request, tenant_id: UUID, server_id: UUID) -> HttpResponse:
    row, at = find(tenant_id, server_id), now()
    asked = asked_at(request)
    waiting = parts.is_waiting(row, asked=asked, at=at)
    card = parts.connection_card(row, parts.connection(row, asked=asked, at=at))
    region = LiveRegion("conexao", request.get_full_path(), watching(waiting), [card])
    tenant = tenancy.tenant_names().get(tenant_id, "")
    writes = permissions.WRITE_SERVERS in request.permissions
    page = Page(
        row.name,
        "console",
        [
            Columns(
                [region, parts.capacity_card(row)],
                [parts.place_card(row, tenant)],
                side_label=_("Lugar"),
                side_first=False,
            )
        ],
        badge=server_badge(row, at=at),
        breadcrumbs=trail(Crumb(row.name)),
        actions=parts.actions(row) if writes else [],
    )
    return render_page(request, page)


def asked_at(request: Request) -> datetime | None:
    """When the connection test was asked for, if this page waits for its answer."""
    said = request.GET.get("pedido", "")
    seconds = int(said) if said.isdecimal() and len(said) < len(str(LATEST)) + 1 else 0
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < LATEST else None


def watching(waits: bool) -> int:  # noqa: FBT001 - one question, asked once
    """How soon a page looks again."""
    return WATCH if waits else SETTLED


@requires("platform:operate")
@requires(permissions.WRITE_SERVERS)
@require_POST
def check(request: Request, tenant_id: UUID, server_id: UUID) -> HttpResponse:
    at = now().replace(microsecond=0)
    find(tenant_id, server_id)
    with acting(tenant_id=tenant_id):
        request_check(server_id=server_id, at=at)
    url = reverse("console:server", args=[tenant_id, server_id])
    return HttpResponseRedirect(f"{url}?pedido={int(at.timestamp())}")


@requires("platform:operate")
@requires(permissions.WRITE_SERVERS)
@require_POST
def accept(request: Request, tenant_id: UUID, server_id: UUID) -> HttpResponse:
    accepting = request.POST.get("accepting") == "yes"
    row = find(tenant_id, server_id)
    with acting(tenant_id=tenant_id):
        accept_accounts(server_id=server_id, accepting=accepting, at=now())
    words = _("%s aceita novas contas.") if accepting else _("%s não recebe novas contas.")
    messages.success(request, words % row.name)
    return HttpResponseRedirect(reverse("console:server", args=[tenant_id, server_id]))


urlpatterns = [
    *editing,
    path("servidores/", servers, name="servers"),
    path("empresas/<uuid:tenant_id>/servidores/<uuid:server_id>/", server, name="server"),
    path(
        "empresas/<uuid:tenant_id>/servidores/<uuid:server_id>/testar/",
        check,
        name="server_check",
    ),
    path(
        "empresas/<uuid:tenant_id>/servidores/<uuid:server_id>/contas/",
        accept,
        name="server_accept",
    ),
]
