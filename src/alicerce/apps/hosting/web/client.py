"""Services in the client area: only those of the customers the person acts for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.hosting.queries.runs import RunView, progress_of_service
from alicerce.apps.hosting.queries.services import (
    PAGE,
    ServiceView,
    service_view,
    services_of,
)
from alicerce.apps.hosting.web.components import NOTHING, no_services
from alicerce.apps.hosting.web.life import client_pairs
from alicerce.apps.hosting.web.progress import activation_card
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.links import here, said_id
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import SERVICE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Mono, TimeText

WATCH, SETTLED, LATEST = 2, 0, 10


@requires("client:services")
@require_safe
def services(request: Request) -> HttpResponse:
    found = services_of(_customers(request), before=said_id(request, "antes"), limit=PAGE + 1)
    table = _table(
        found[:PAGE],
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    return render_page(request, Page(_("Serviços"), "client", [table]))


def latest_services(request: Request) -> Table:
    """For the page where people arrive."""
    return _table(services_of(_customers(request), limit=LATEST))


def _table(found: list[ServiceView], *, newer: str = "", older: str = "") -> Table:
    return Table(
        _("Serviços"),
        [
            Column(_("Domínio"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Plano")),
            Column(_("No ar desde")),
        ],
        [_row(service) for service in found],
        empty=no_services(_("Quando você contratar um plano, ele aparece aqui.")),
        newer=newer,
        older=older,
    )


def _row(service: ServiceView) -> TableRow:
    url = reverse("client:service", args=[service.id])
    since = TimeText(service.activated_at, "date") if service.activated_at else NOTHING
    return TableRow(
        [
            Cell(display_domain(service.domain), url),
            badge(SERVICE, service.status),
            service.plan_name,
            since,
        ]
    )


def service_of_person(request: Request, service_id: UUID) -> tuple[ServiceView, RunView | None]:
    """Somebody else's service is as absent as one that never was."""
    service = service_view(service_id)
    if service is None or service.customer_id not in _customers(request):
        raise Http404
    return service, progress_of_service(service_id)


def activation_region(service: ServiceView, progress: RunView | None) -> list[Content]:
    """How far the activation is; nothing more to say once it is over and well."""
    live = progress is not None and not progress.run.is_over
    if progress and progress.run.is_over and not progress.run.can_retry:
        return []
    url = reverse("client:service", args=[service.id])
    return [
        LiveRegion("ativacao", url, WATCH if live else SETTLED, [activation_card(progress)])
    ]


def facts_card(service: ServiceView) -> Card:
    pairs = [Pair(_("Plano"), service.plan_name)]
    if service.username:
        pairs.append(Pair(_("Usuário"), Mono(service.username), copy=service.username))
    if service.server_name:
        pairs.append(Pair(_("Servidor"), service.server_name))
    if service.ip:
        pairs.append(Pair(_("Endereço IP"), Mono(service.ip), copy=service.ip))
    if service.activated_at:
        pairs.append(Pair(_("No ar desde"), TimeText(service.activated_at)))
    return Card([KeyValues([*pairs, *client_pairs(service)])], title=_("Sobre o serviço"))


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:services")  # type: ignore[attr-defined]
    return customers


urlpatterns = [path("servicos/", services, name="services")]
