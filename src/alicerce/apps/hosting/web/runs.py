"""Provisioning runs in the operator's panel: the lists, one run, and trying again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.errors import RunNotStopped
from alicerce.apps.hosting.queries.runs import (
    PAGE,
    RunRow,
    RunView,
    run_view,
    run_view_everywhere,
    runs_everywhere,
)
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.types import RunStatus
from alicerce.apps.hosting.web import components
from alicerce.apps.hosting.web.progress import retry_button, story
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.ui.buttons import ConfirmDialog
from alicerce.ui.layout import Columns, Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Pair
from alicerce.ui.status import RUN, badge

REFRESH, WATCH = 10, 2
VIEWS: dict[str, tuple[RunStatus, ...]] = {
    "": (RunStatus.FAILED, RunStatus.NEEDS_HUMAN),
    "andamento": (RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING),
    "todas": (),
}


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def runs(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = runs_everywhere(
        statuses=VIEWS.get(chosen, ()), before=said_id(request, "antes"), limit=PAGE + 1
    )
    table = components.runs_table(
        found[:PAGE],
        tenancy.tenant_names(),
        empty=_nothing(chosen),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Execuções"),
        "console",
        [_views(request, chosen), table],
        lead=_(
            "Ativações, suspensões, reativações, trocas e remoções, passo a passo. Uma que parou espera por você."
        ),
        refresh=REFRESH,
    )
    return render_page(request, page)


def _nothing(chosen: str) -> EmptyState:
    if chosen == "":
        return EmptyState(
            _("Nada parado"),
            _("Quando uma execução parar depois da última tentativa, ela aparece aqui."),
            icon="circle-check",
        )
    return EmptyState(
        _("Nenhuma execução aqui"), _("A primeira começa quando um pedido é pago.")
    )


def _views(request: Request, chosen: str) -> Views:
    words = {"": _("Problemas"), "andamento": _("Em andamento"), "todas": _("Todas")}
    return Views(
        [
            View(words[key], here(request, visao=key, antes=""), current=key == chosen)
            for key in VIEWS
        ],
        _("Visões"),
    )


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def run(request: Request, tenant_id: UUID, run_id: UUID) -> HttpResponse:
    progress = run_view_everywhere(run_id)
    if progress is None or progress.run.tenant_id != tenant_id:
        raise Http404
    may_retry = permissions.OPERATE in request.permissions
    return render_page(request, _run_page(progress, may_retry=may_retry))


def _run_page(progress: RunView, *, may_retry: bool) -> Page:
    row = progress.run
    tenant = tenancy.tenant_names().get(row.tenant_id, "")
    service = reverse("console:service", args=[row.tenant_id, row.service_id])
    facts = components.run_facts(row, whose=Pair(_("Empresa"), tenant), service_url=service)
    main = story(progress)
    if (
        not row.is_over
    ):  # when it is, the region is gone: the browser fetches the page, with its button
        main = [LiveRegion("ativacao", components.run_url(row), WATCH, main)]
    return Page(
        display_domain(row.domain),
        "console",
        [Columns(main, [facts], side_label=_("Sobre a execução"), side_first=False)],
        lead=components.run_lead(row),
        badge=badge(RUN, row.status),
        breadcrumbs=[
            Crumb(_("Execuções"), reverse("console:runs")),
            Crumb(display_domain(row.domain)),
        ],
        actions=[_retry(row)] if row.can_retry and may_retry else [],
    )


def _retry(row: RunRow) -> ConfirmDialog:
    return retry_button(reverse("console:run_retry", args=[row.tenant_id, row.id]))


def try_again(request: Request, run_id: UUID) -> None:
    """Go on with a run of the current tenant, and say so; a page that is not there if it has none."""
    if run_view(run_id) is None:
        raise Http404
    try:
        retry_run(run_id=run_id, at=now())
    except RunNotStopped as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A execução continua de onde parou."))


@requires("platform:operate")
@requires(permissions.OPERATE)
@require_POST
def retry(request: Request, tenant_id: UUID, run_id: UUID) -> HttpResponse:
    with acting(tenant_id=tenant_id), transaction():
        try_again(request, run_id)
    return HttpResponseRedirect(reverse("console:run", args=[tenant_id, run_id]))


urlpatterns = [
    path("ativacoes/", runs, name="runs"),
    path("empresas/<uuid:tenant_id>/ativacoes/<uuid:run_id>/", run, name="run"),
    path("empresas/<uuid:tenant_id>/ativacoes/<uuid:run_id>/tentar/", retry, name="run_retry"),
]
