"""A company's own services and their runs: the list, one run, and trying again."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.queries.runs import RunView, run_view
from alicerce.apps.hosting.queries.services import (
    PAGE,
    ServicesWanted,
    plans_in_use,
    servers_in_use,
    service_counts,
    services,
)
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.hosting.web import components
from alicerce.apps.hosting.web.console import VIEWS
from alicerce.apps.hosting.web.progress import retry_button, story
from alicerce.apps.hosting.web.runs import WATCH, try_again
from alicerce.apps.hosting.web.workspace import run_url, service_url, services_table
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Columns, Crumb, View, Views
from alicerce.ui.links import here, said_id, said_words
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Pair
from alicerce.ui.status import RUN, badge
from alicerce.ui.texts import Link

NARROWING = ("q", "visao", "servidor", "plano")


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def service_list(request: Request) -> HttpResponse:
    found = services(_wanted(request), before=said_id(request, "antes"), limit=PAGE + 1)
    shown = found[:PAGE]
    table = services_table(
        shown,
        customer_links(request, {service.customer_id for service in shown}),
        empty=_nothing(request),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(shown[-1].id)) if len(found) > PAGE else "",
    )
    body = [_views(request), _filters(request), table]
    page = Page(_("Serviços"), "workspace", body, actions=_rules(request))
    return render_page(request, page)


def _rules(request: Request) -> list[Content]:
    if permissions.REMOVE not in request.permissions:
        return []
    url = reverse("workspace:service_policy")
    return [LinkButton(_("Regras dos serviços"), url, icon="settings")]


def _wanted(request: Request) -> ServicesWanted:
    """What the address cannot mean narrows nothing."""
    return ServicesWanted(
        text=said_words(request, "q"),
        statuses=VIEWS.get(request.GET.get("visao", ""), ()),
        server_id=said_id(request, "servidor"),
        plan_name=said_words(request, "plano"),
    )


def customer_links(request: Request, ids: Collection[UUID]) -> Mapping[UUID, Content]:
    """Their names in one query, for who may read customers."""
    if "customers:read" not in request.permissions:
        return {}
    return {
        key: Link(row["name"], reverse("workspace:customer", args=[key]))
        for key, row in customers.customers_by_id(ids).items()
    }


def whose(request: Request, customer_id: UUID) -> Pair:
    links = customer_links(request, {customer_id})
    return Pair(_("Cliente"), links.get(customer_id, components.NOTHING))


def _views(request: Request) -> Views:
    chosen, counts = request.GET.get("visao", ""), service_counts()
    words = {
        "": _("Todos"),
        "ativos": _("Ativos"),
        "ativando": _("Ativando"),
        "suspensos": _("Suspensos"),
        "falharam": _("Falharam"),
        "encerrados": _("Encerrados"),
    }
    return Views(
        [
            View(
                words[key],
                here(request, visao=key, antes=""),
                current=key == chosen,
                count=sum(counts[status] for status in statuses or ServiceStatus),
                hot=key == "falharam" and counts[ServiceStatus.ERROR] > 0,
            )
            for key, statuses in VIEWS.items()
        ],
        _("Visões"),
    )


def _filters(request: Request) -> Filters:
    said = request.GET
    machines = [("", _("Qualquer servidor")), *((str(k), n) for k, n in servers_in_use())]
    plans = [("", _("Qualquer plano")), *((name, name) for name in plans_in_use())]
    return Filters(
        request.path,
        search=said_words(request, "q"),
        search_label=_("Domínio ou usuário"),
        selects=[
            FilterSelect("servidor", _("Servidor"), machines, said.get("servidor", "")),
            FilterSelect("plano", _("Plano"), plans, said.get("plano", "")),
        ],
        keep={"visao": said["visao"]} if said.get("visao") else {},
    )


def _nothing(request: Request) -> EmptyState:
    if any(request.GET.get(name) for name in NARROWING):
        return EmptyState(
            _("Nenhum serviço com estes filtros"),
            _("Busque pelo começo do domínio ou do usuário."),
            LinkButton(_("Limpar filtros"), request.path),
            icon="search",
        )
    text = _("Um serviço nasce quando um pedido é pago.")
    return EmptyState(_("Nenhum serviço ainda"), text, icon="server")


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def run(request: Request, run_id: UUID) -> HttpResponse:
    progress = run_view(run_id)
    if progress is None:
        raise Http404
    return render_page(request, _run_page(request, progress))


def _run_page(request: Request, progress: RunView) -> Page:
    row = progress.run
    domain = display_domain(row.domain)
    facts = components.run_facts(
        row, whose=whose(request, row.customer_id), service_url=service_url(row.service_id)
    )
    return Page(
        domain,
        "workspace",
        [
            Columns(
                watched(progress, run_url(row.id)),
                [facts],
                side_label=_("Sobre a execução"),
                side_first=False,
            )
        ],
        lead=components.run_lead(row),
        badge=badge(RUN, row.status),
        breadcrumbs=[
            Crumb(_("Serviços"), reverse("workspace:services")),
            Crumb(domain, service_url(row.service_id)),
            Crumb(row.title),
        ],
        actions=retry_actions(request, progress),
    )


def watched(progress: RunView, url: str) -> list[Content]:
    """Live until it is over; then the region is gone, and the page comes with its button."""
    told = story(progress)
    return told if progress.run.is_over else [LiveRegion("ativacao", url, WATCH, told)]


def retry_actions(request: Request, progress: RunView) -> list[Content]:
    if not progress.run.can_retry or permissions.OPERATE not in request.permissions:
        return []
    return [retry_button(reverse("workspace:run_retry", args=[progress.run.id]))]


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.OPERATE)
@require_POST
def retry(request: Request, run_id: UUID) -> HttpResponse:
    try_again(request, run_id)
    return HttpResponseRedirect(run_url(run_id))


urlpatterns = [
    path("servicos/", service_list, name="services"),
    path("ativacoes/<uuid:run_id>/", run, name="run"),
    path("ativacoes/<uuid:run_id>/tentar/", retry, name="run_retry"),
]
