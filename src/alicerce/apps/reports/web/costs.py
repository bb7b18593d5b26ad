"""What a service of a plan costs each month: told on a page, used by the report of margins."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.catalog import public as catalog
from alicerce.apps.reports.queries.recurring import plan_cost
from alicerce.apps.reports.services import keep_cost
from alicerce.apps.reports.types import ReportName
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.money_field import MoneyField
from alicerce.ui.page import Page, render_page

MOST = 100_000_000
CURRENCY = "BRL"


class CostForm(forms.Form):
    cost = MoneyField(
        max_cents=MOST,
        required=False,
        label=gettext_lazy("Custo por serviço, por mês"),
        help_text=gettext_lazy(
            "Servidor, licenças e o que mais se paga por ele. Vazio: sem dados."
        ),
    )


@requires("workspace:enter")
@requires("billing:read")
@requires("billing:manage")
@require_http_methods(["GET", "HEAD", "POST"])
def cost(request: Request, plan_id: UUID) -> HttpResponse:
    name = catalog.plan_name(plan_id)
    if name is None:
        raise Http404
    known = plan_cost(plan_id, currency=CURRENCY)
    form = CostForm(request.POST or None, initial={"cost": known})
    back = reverse("workspace:report", args=[ReportName.MARGIN])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["cost"]
        keep_cost(
            plan_id=plan_id, cost=None if told is None else Money(told, CURRENCY), at=now()
        )
        messages.success(request, _("Custo salvo."))
        return HttpResponseRedirect(back)
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Salvar custo"), variant="primary"), LinkButton(_("Voltar"), back)],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        _("Custo do plano"),
        "workspace",
        [Card([ask])],
        lead=name,
        breadcrumbs=[Crumb(_("Relatórios"), back), Crumb(_("Custo do plano"))],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


urlpatterns = [path("relatorios/custos/<uuid:plan_id>/", cost, name="plan_cost")]
