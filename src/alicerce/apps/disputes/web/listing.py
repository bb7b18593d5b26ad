"""The list of disputes, and what the company decides about services."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.disputes import permissions
from alicerce.apps.disputes.queries.disputes import decided_disputes, open_disputes
from alicerce.apps.disputes.queries.policies import service_policy
from alicerce.apps.disputes.services.hold_services import choose_policy
from alicerce.apps.disputes.types import (
    GONE,
    DisputeKind,
    DisputePage,
    DisputeStatus,
    ServicePolicy,
)
from alicerce.apps.disputes.web import components as parts
from alicerce.apps.disputes.web.forms import PolicyForm
from alicerce.apps.disputes.web.words import KINDS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect, Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

DECIDED = {
    "ganhas": (DisputeStatus.WON, DisputeStatus.PREVENTED),
    "perdidas": tuple(sorted(GONE)),
}


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def disputes(request: Request) -> HttpResponse:
    after = request.GET.get("depois", "")
    found = _found(request, after)
    whose = {one.customer_id for one in found.disputes if one.customer_id}
    may_name = "customers:read" in request.permissions
    table = parts.disputes_table(
        found.disputes,
        customers.customers_by_id(whose) if may_name else {},
        at=now(),
        empty=_nothing(request),
        newer=here(request, depois="") if after else "",
        older=here(request, depois=found.next_after) if found.next_after else "",
    )
    page = Page(
        _("Disputas"),
        "workspace",
        [_views(request), _filters(request), table],
        lead=_("Pagamentos que alguém contestou, pelo prazo de resposta."),
        actions=_actions(request),
    )
    return render_page(request, page)


def _found(request: Request, after: str) -> DisputePage:
    """What the address cannot mean narrows nothing."""
    said = request.GET.get("tipo", "")
    kind = DisputeKind(said) if said in set(DisputeKind) else None
    statuses = DECIDED.get(request.GET.get("estado", ""))
    if statuses is None:
        return open_disputes(after=after, kind=kind)
    return decided_disputes(statuses=statuses, after=after, kind=kind)


def _views(request: Request) -> Views:
    chosen = request.GET.get("estado", "")
    words = {"": _("Abertas"), "ganhas": _("Ganhas"), "perdidas": _("Perdidas")}
    return Views(
        [
            View(label, here(request, estado=key, depois=""), current=key == chosen)
            for key, label in words.items()
        ],
        _("Estados"),
    )


def _filters(request: Request) -> Filters:
    said = request.GET
    kinds = [("", _("Todas")), *((str(kind), KINDS[kind]) for kind in DisputeKind)]
    return Filters(
        request.path,
        selects=[FilterSelect("tipo", _("Tipo"), kinds, said.get("tipo", ""))],
        keep={"estado": said["estado"]} if said.get("estado") else {},
    )


def _nothing(request: Request) -> EmptyState:
    return EmptyState(
        _("Nenhuma disputa aqui"),
        _("Quando alguém contestar um pagamento, a disputa aparece aqui com o prazo."),
        LinkButton(_("Limpar filtros"), request.path) if request.GET else "",
        icon="circle-check",
    )


def _actions(request: Request) -> list[Content]:
    if permissions.MANAGE not in request.permissions:
        return []
    url = reverse("workspace:dispute_policy")
    return [LinkButton(_("Serviços em disputa"), url, icon="settings")]


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Request) -> HttpResponse:
    form = PolicyForm(request.POST or None, initial={"services": service_policy()})
    if request.method == "POST" and form.is_valid():
        if choose_policy(wanted=ServicePolicy(form.cleaned_data["services"]), at=now()):
            messages.success(request, _("Vale para as disputas que vierem."))
        return HttpResponseRedirect(reverse("workspace:disputes"))
    title = _("Serviços em disputa")
    ask = Form(
        "",
        form_fields(form),
        [
            Button(_("Salvar escolha"), variant="primary"),
            LinkButton(_("Cancelar"), reverse("workspace:disputes"), variant="ghost"),
        ],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask])],
        lead=_("O que foi suspenso por uma disputa volta sozinho quando ela é ganha."),
        breadcrumbs=[Crumb(_("Disputas"), reverse("workspace:disputes")), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


urlpatterns = [
    path("disputas/", disputes, name="disputes"),
    path("disputas/servicos/", policy, name="dispute_policy"),
]
