"""Changing what a plan costs. Once it was sold, it is proven who does it, seen once more, and has a reason."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.types import Cycle, NewPrice, PlanDetail
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web.plan_editing import find
from alicerce.apps.catalog.web.price_forms import PriceFields
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.plans import CYCLES

CHANGE = "price.change_approved"


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_prices(request: Request, plan_id: UUID) -> HttpResponse:
    plan = find(plan_id)
    form = _fields(plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.changes():
            return HttpResponseRedirect(parts.plan_url(plan_id))
        if not plan.sold:
            return _save(request, plan, form)
        if form.cleaned_data["reason"].strip():
            keep(request, CHANGE, about=plan_id, typed=request.POST.dict())
            return HttpResponseRedirect(parts.plan_url(plan_id, "plan_prices_confirm"))
        form.add_error("reason", _("Este plano já foi vendido: diga o motivo."))
    return render_page(request, _page(plan, form))


def _fields(plan: PlanDetail, typed: Mapping[str, Any] | None) -> PriceFields:
    current = {
        version.cycle: NewPrice(
            version.amount, version.setup, version.trial_days, version.trial_card
        )
        for version in plan.active
        if version.amount.currency == "BRL"
    }
    return PriceFields(typed, current=current)


def _waiting(request: Request, plan: PlanDetail) -> PriceFields:
    """What was typed about this plan, held against what is in force now."""
    form = _fields(plan, kept(request, CHANGE, about=plan.id))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_change(request: Request, plan_id: UUID) -> Foreseen:
    plan = find(plan_id)
    form = _waiting(request, plan)
    return Foreseen(
        title=_("Mudar os preços de %(plan)s") % {"plan": plan.form.name},
        facts=[
            *(_difference(form, cycle, new) for cycle, new in form.changes().items()),
            (_("Vendas pelos preços de antes"), plan.sold),
            (_("Motivo"), form.cleaned_data["reason"]),
            (
                _("Depois"),
                _("Só as vendas novas mudam. Quem já contratou paga o que contratou."),
            ),
        ],
        button=_("Mudar preços"),
        entity="plan",
        entity_id=plan_id,
        back=parts.plan_url(plan_id, "plan_prices"),
    )


def _difference(form: PriceFields, cycle: Cycle, new: NewPrice | None) -> tuple[Any, str]:
    return CYCLES[cycle], f"{_words(form.current.get(cycle))} → {_words(new)}"


def _words(price: NewPrice | None) -> str:
    if price is None:
        return _("não vende")
    if price.trial_days:
        words = _("%(amount)s, depois de %(days)s dias de teste")
        if price.trial_card:
            words = _("%(amount)s, depois de %(days)s dias de teste com cartão guardado")
        return words % {"amount": money(price.amount), "days": price.trial_days}
    if not price.setup or not price.setup.cents:
        return money(price.amount)
    words = _("%(amount)s e %(setup)s de instalação")
    return words % {"amount": money(price.amount), "setup": money(price.setup)}


@requires("workspace:enter")
@sensitive(CHANGE, permission=permissions.WRITE, foresee=_foresee_change)
def plan_prices_confirm(request: Request, plan_id: UUID) -> HttpResponseBase:
    plan = find(plan_id)
    form = _waiting(request, plan)
    drop(request, CHANGE)
    return _save(request, plan, form)


def _save(request: Request, plan: PlanDetail, form: PriceFields) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    try:
        change_prices(plan_id=plan.id, wanted=form.changes(), reason=reason, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Os preços novos já valem para as próximas vendas."))
    return HttpResponseRedirect(parts.plan_url(plan.id))


def _page(plan: PlanDetail, form: PriceFields) -> Page:
    told = _("Quem já contratou continua com o preço que contratou: só as vendas novas mudam.")
    fields = [field for cycle in Cycle for field in _cycle_fields(form, cycle)]
    ask = Form(
        parts.plan_url(plan.id, "plan_prices"),
        [*fields, form_field(form["reason"])],
        [
            Button(_("Salvar preços"), variant="primary"),
            LinkButton(_("Voltar"), parts.plan_url(plan.id)),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Preços de %(plan)s") % {"plan": plan.form.name},
        "workspace",
        [*([Note("info", told)] if plan.sold else []), Card([ask])],
        lead=_("Deixe vazio o que não vende. A taxa de instalação é cobrada uma vez."),
        breadcrumbs=parts.trail(
            Crumb(plan.form.name, parts.plan_url(plan.id)), Crumb(_("Preços"))
        ),
        width="narrow",
        status=422 if form.errors else 200,
    )


def _cycle_fields(form: PriceFields, cycle: Cycle) -> list[Content]:
    named = [
        form_field(form[name], span=2, prefix="R$")
        for name in (cycle.value, f"{cycle.value}_setup")
    ]
    trial = [f"{cycle.value}_{name}" for name in ("trial", "card")]
    return [*named, *(form_field(form[name], span=2) for name in trial if name in form.fields)]


urlpatterns = [
    path("catalogo/planos/<uuid:plan_id>/precos/", plan_prices, name="plan_prices"),
    path(
        "catalogo/planos/<uuid:plan_id>/precos/confirmar/",
        plan_prices_confirm,
        name="plan_prices_confirm",
    ),
]
