"""Addresses of hosting in the operator's panel, and the list of services."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.queries.runs import RunView, latest_run_of_service
from alicerce.apps.hosting.queries.services import (
    PAGE,
    ServiceView,
    service_counts_everywhere,
    service_view,
    services_everywhere,
)
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.hosting.web import components, differences, runs, servers
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

VIEWS: dict[str, tuple[ServiceStatus, ...]] = {
    "": (),
    "ativos": (ServiceStatus.ACTIVE,),
    "ativando": (ServiceStatus.PENDING, ServiceStatus.PROVISIONING),
    "suspensos": (ServiceStatus.SUSPENDED,),
    "falharam": (ServiceStatus.ERROR,),
    "encerrados": (ServiceStatus.TERMINATED,),
}


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def services(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = services_everywhere(
        statuses=VIEWS.get(chosen, ()), before=said_id(request, "antes"), limit=PAGE + 1
    )
    table = components.services_table(
        found[:PAGE],
        tenancy.tenant_names(),
        empty=EmptyState(
            _("Nenhum serviço aqui"), _("Um serviço nasce quando um pedido é pago.")
        ),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Serviços"),
        "console",
        [_views(request, chosen), table],
        lead=_("As contas de hospedagem de todas as empresas."),
    )
    return render_page(request, page)


def _views(request: Request, chosen: str) -> Views:
    words = {
        "": _("Todos"),
        "ativos": _("Ativos"),
        "ativando": _("Ativando"),
        "suspensos": _("Suspensos"),
        "falharam": _("Falharam"),
        "encerrados": _("Encerrados"),
    }
    counts = service_counts_everywhere()
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


def service_of_tenant(
    *, tenant_id: UUID, service_id: UUID
) -> tuple[ServiceView, RunView | None] | None:
    """A service and its latest run, for the page that a surface makes of several apps."""
    with acting(tenant_id=tenant_id), transaction():
        service = service_view(service_id)
        return (service, latest_run_of_service(service_id)) if service else None


urlpatterns = [
    path("servicos/", services, name="services"),
    *servers.urlpatterns,
    *runs.urlpatterns,
    *differences.urlpatterns,
]
