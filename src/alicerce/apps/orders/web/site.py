"""The storefront and the order form."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import StorefrontPlan
from alicerce.apps.orders.services.place_order import place_order
from alicerce.apps.orders.web import components
from alicerce.apps.orders.web.forms import OrderForm
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.layout import Card, Columns, Crumb, Grid
from alicerce.ui.page import Page, render_page


@public_page
@require_safe
def storefront(request: Request) -> HttpResponse:
    plans = catalog.storefront()
    page = Page(
        _("Hospedagem que entra no ar em um minuto"),
        "site",
        [Grid(components.storefront(plans), columns=3)],
        lead=_("Escolha um plano, pague por Pix ou cartão e acompanhe a ativação ao vivo."),
    )
    return render_page(request, page)


@public_page
@require_http_methods(["GET", "POST"])
def order(request: Request, plan_id: UUID) -> HttpResponse:
    plan = _plan(plan_id)
    form = OrderForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            token = place_order(
                price_id=UUID(form.cleaned_data["price"]),
                domain=form.cleaned_data["domain"],
                buyer=form.buyer(
                    locale=get_language() or "pt-br",
                    user_id=request.user.pk if request.user.is_authenticated else None,
                ),
                at=now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(f"/pedido/{token}/")
    return render_page(request, _order_page(form, plan))


def _order_page(form: OrderForm, plan: StorefrontPlan) -> Page:
    return Page(
        _("Pedir %(plan)s") % {"plan": plan.name},
        "site",
        [
            Columns(
                [Card([components.order_form(form, plan)])],
                [components.summary(plan)],
                side_label=_("O seu plano"),
                side_first=False,
            )
        ],
        lead=_("Leva um minuto. A senha você escolhe depois, por um link no e-mail."),
        breadcrumbs=[Crumb(_("Planos"), "/"), Crumb(plan.name)],
        status=422 if form.errors else 200,
    )


def _plan(plan_id: UUID) -> StorefrontPlan:
    for plan in catalog.storefront():
        if plan.plan_id == plan_id:
            return plan
    raise Http404


urlpatterns = [
    path("pedir/<uuid:plan_id>/", order, name="order_plan"),
]
