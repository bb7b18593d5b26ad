"""How the company collects, on a page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import permissions
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.apps.billing.web.money_forms import VALID_DAYS, RulesForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request) -> HttpResponse:
    form = RulesForm(request.POST or None, initial=_typed(billing_rules()))
    if request.method == "POST" and form.is_valid():
        if change_rules(wanted=_meant(form), at=now()):
            messages.success(request, _("Regras de cobrança salvas."))
        return HttpResponseRedirect(reverse("workspace:billing_rules"))
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Salvar regras"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        _("Regras de cobrança"),
        "workspace",
        [Card([ask])],
        lead=_("Valem para as faturas que vierem e para os atrasos de agora em diante."),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _typed(found: BillingRules) -> dict[str, object]:
    return {
        "uses_wallet": found.uses_wallet,
        "fine": found.fine_basis_points,
        "interest": found.interest_basis_points,
        "grace_days": found.grace_days,
        "early": found.early_basis_points,
        "early_days": found.early_days,
        "pix_valid_days": found.pix_valid_days,
        "pix_at_issue": found.pix_at_issue,
    }


def _meant(form: RulesForm) -> BillingRules:
    said = form.cleaned_data
    return BillingRules(
        uses_wallet=said["uses_wallet"],
        fine_basis_points=said["fine"] or 0,
        interest_basis_points=said["interest"] or 0,
        grace_days=said["grace_days"],
        early_basis_points=said["early"] or 0,
        early_days=said["early_days"] or 0,
        pix_valid_days=VALID_DAYS if said["pix_valid_days"] is None else said["pix_valid_days"],
        pix_at_issue=said["pix_at_issue"],
    )


urlpatterns = [path("financeiro/regras/", rules, name="billing_rules")]
