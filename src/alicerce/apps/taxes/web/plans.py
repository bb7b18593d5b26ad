"""Which service of the law a plan is, on the plan's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.catalog import public as catalog
from alicerce.apps.taxes import permissions, services
from alicerce.apps.taxes.queries import plan_codes
from alicerce.apps.taxes.types import PlanCodes
from alicerce.apps.taxes.web.forms import ServiceForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair


def service_card(request: Request, plan_id: UUID) -> list[Content]:
    """On the plan's page: the codes, and the way to change them."""
    if permissions.READ not in request.permissions:
        return []
    found = plan_codes(plan_id)
    pairs = [Pair(_("Código nacional"), found.service_code if found else _("Nenhum"))]
    if found and found.nbs:
        pairs.append(Pair(_("NBS"), found.nbs))
    if found and found.cnae:
        pairs.append(Pair(_("CNAE"), found.cnae))
    card: list[Content] = [KeyValues(pairs)]
    if permissions.WRITE in request.permissions:
        url = reverse("workspace:plan_service", args=[plan_id])
        card.append(LinkButton(_("Mudar códigos"), url, size="sm"))
    return [Card(card, title=_("Serviço na lei"))]


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_service(request: Request, plan_id: UUID) -> HttpResponse:
    name = catalog.plan_name(plan_id)
    if name is None:
        raise Http404
    found = plan_codes(plan_id)
    form = ServiceForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        services.name_service(codes=PlanCodes(plan_id, **form.cleaned_data), at=now())
        messages.success(request, _("Códigos salvos. Valem nas próximas faturas."))
        return HttpResponseRedirect(reverse("workspace:plan", args=[plan_id]))
    title = _("Serviço na lei")
    ask = Form(
        "",
        [form_field(bound, span=3) for bound in form],
        [
            Button(_("Salvar códigos"), variant="primary"),
            LinkButton(_("Voltar"), reverse("workspace:plan", args=[plan_id])),
        ],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask])],
        lead=_("O que a nota fiscal diz que este plano é."),
        breadcrumbs=[Crumb(name, reverse("workspace:plan", args=[plan_id])), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _initial(found: PlanCodes | None) -> dict[str, str]:
    if found is None:
        return {}
    return {
        "service_code": found.service_code,
        "city_service_code": found.city_service_code,
        "nbs": found.nbs,
        "cnae": found.cnae,
    }


urlpatterns = [
    path("catalogo/planos/<uuid:plan_id>/servico/", plan_service, name="plan_service")
]
