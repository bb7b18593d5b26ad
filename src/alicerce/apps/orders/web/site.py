"""The storefront and the order form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadAnswers, TermsChanged
from alicerce.apps.catalog.types import Quote, StorefrontPlan
from alicerce.apps.orders.services.asked_for import invoice_lines
from alicerce.apps.orders.services.place_order import place_order
from alicerce.apps.orders.web import components
from alicerce.apps.orders.web.forms import ChoosingForm, OrderForm
from alicerce.apps.taxes.types import Payer
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.formats import day
from alicerce.ui.layout import Card, Columns, Crumb, Grid
from alicerce.ui.page import Page, render_page
from alicerce.ui.texts import Text


@public_page
@require_safe
def storefront(request: Request) -> HttpResponse:
    plans = catalog.storefront()
    page = Page(
        _("Hospedagem que entra no ar em um minuto"),
        "site",
        [Grid(components.storefront(plans), columns=3)],
        lead=_lead(billing.offered_words()),
    )
    return render_page(request, page)


def _lead(ways: str) -> str:
    if not ways:
        return _("Escolha um plano e acompanhe a ativação ao vivo.")
    words = _("Escolha um plano, pague por %(ways)s e acompanhe a ativação ao vivo.")
    return words % {"ways": ways}


@public_page
@require_http_methods(["GET", "POST"])
def order(request: Request, plan_id: UUID) -> HttpResponse:
    plan = _plan(plan_id)
    offer = _offer(plan)
    if components.REVIEW in request.POST:
        return _review(request, plan, offer)
    form = _order_form(request.POST or None, offer)
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
                extras=form.extras(),
            )
        except BadAnswers as refused:
            form.show_faults(refused)
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, TermsChanged):
                form.read_anew()
        else:
            return HttpResponseRedirect(f"/pedido/{token}/")
    return render_page(request, _order_page(form, plan, None))


def _offer(plan: StorefrontPlan) -> dict[str, Any]:
    """What the form of this plan is made from."""
    return {
        "plan": plan,
        "options": catalog.options_of([plan.plan_id])[plan.plan_id],
        "takes_coupons": catalog.coupons_are_offered(at=now()),
    }


def _order_form(typed: Any, offer: dict[str, Any], **given: Any) -> OrderForm:
    form = OrderForm(typed, **offer, **given)
    plan_id = offer["plan"].plan_id
    form.ask(catalog.fields_of([plan_id])[plan_id])
    if terms := catalog.terms_in_force():
        form.ask_for_terms(terms)
    return form


def _review(request: Request, plan: StorefrontPlan, offer: dict[str, Any]) -> HttpResponse:
    """What it would cost, before anybody says who they are; what was typed stays typed."""
    choosing = ChoosingForm(request.POST, **offer)
    form = _order_form(None, offer, initial=_typed(request, choosing))
    quote = _quote(choosing) if choosing.is_valid() else None
    if quote is None:
        form = _order_form(request.POST, offer)
        form.full_clean()
        form.show_only(choosing.errors)
    return render_page(request, _order_page(form, plan, quote))


def _typed(request: Request, choosing: ChoosingForm) -> dict[str, str]:
    """A box that is not ticked is not sent: it was left empty all the same."""
    return {**dict.fromkeys([*choosing.options, "sem_teste"], ""), **request.POST.dict()}


def _taxes(quote: Quote) -> TaxPreview:
    """Of a buyer of whom nothing is known yet."""
    lines = invoice_lines(quote=quote, domain="", locale=get_language() or "pt-br")
    return billing.preview_for(payer=Payer(), lines=lines, at=now())


def _quote(choosing: ChoosingForm) -> Quote | None:
    price_id = UUID(choosing.cleaned_data["price"])
    try:
        return catalog.quote(
            price_id=price_id,
            chosen=choosing.chosen(),
            coupon=choosing.coupon(),
            skip_trial=choosing.skips_trial(),
            at=now(),
        )
    except Refused as refused:
        choosing.add_error(None, str(refused))
        return None


def _order_page(form: OrderForm, plan: StorefrontPlan, quote: Quote | None) -> Page:
    return Page(
        _("Pedir %(plan)s") % {"plan": plan.name},
        "site",
        [
            *components.sold_out_note(plan, is_told=bool(form.errors)),
            Columns(
                [Card([components.order_form(form, plan)])],
                [
                    *([components.quote_card(quote, _taxes(quote))] if quote else []),
                    components.summary(plan, quote),
                    *components.by_use(plan.plan_id),
                ],
                side_label=_("O seu plano"),
                side_first=quote is not None,
            ),
        ],
        lead=_("Leva um minuto. A senha você escolhe depois, por um link no e-mail."),
        breadcrumbs=[Crumb(_("Planos"), "/"), Crumb(plan.name)],
        status=422 if form.errors else 200,
    )


@public_page
@require_safe
def terms(request: Request) -> HttpResponse:
    found = catalog.terms_in_force()
    if found is None:
        raise Http404
    page = Page(
        _("Termos de venda"),
        "site",
        [Card([Text(part) for part in found.body.splitlines() if part.strip()])],
        lead=_("Versão %(version)s, de %(day)s")
        % {"version": found.version, "day": day(found.published_at)},
        breadcrumbs=[Crumb(_("Planos"), "/"), Crumb(_("Termos de venda"))],
        width="narrow",
    )
    return render_page(request, page)


def _plan(plan_id: UUID) -> StorefrontPlan:
    for plan in catalog.storefront():
        if plan.plan_id == plan_id:
            return plan
    raise Http404


urlpatterns = [
    path("pedir/<uuid:plan_id>/", order, name="order_plan"),
    path("termos/", terms, name="terms"),
]
