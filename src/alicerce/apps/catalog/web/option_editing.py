"""The options of a plan: offered, changed, and offered no more."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.errors import NoSuchOption
from alicerce.apps.catalog.queries.options import offered_option
from alicerce.apps.catalog.services.save_option import add_option, change_option, retire_option
from alicerce.apps.catalog.types import Cycle, OfferedOption, OptionKind, PlanDetail
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web import option_components as option_parts
from alicerce.apps.catalog.web.option_forms import OptionFields
from alicerce.apps.catalog.web.plan_editing import find
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page

CHANGE = "option.change_approved"


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def option_new(request: Request, plan_id: UUID) -> HttpResponse:
    plan, kind = find(plan_id), request.GET.get("tipo", OptionKind.CHOICE)
    if kind not in set(OptionKind):
        raise Http404
    form = OptionFields(request.POST or None, kind=OptionKind(kind), cycles=_cycles(plan))
    if request.method == "POST" and form.is_valid():
        try:
            add_option(plan_id=plan_id, form=form.typed(), at=now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opção criada. Ela já aparece no pedido."))
            return HttpResponseRedirect(parts.plan_url(plan_id))
    return render_page(request, _page(plan, form, _("Nova opção")))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def option_edit(request: Request, option_id: UUID) -> HttpResponse:
    plan, option = _found(option_id)
    form = _fields(request.POST or None, plan, option)
    if request.method == "POST" and form.is_valid():
        if not (plan.sold and _reprices(form, option)):
            return _save(request, plan, option, form)
        if form.cleaned_data["reason"].strip():
            keep(request, CHANGE, about=option_id, typed=request.POST.dict())
            url = reverse("workspace:option_confirm", args=[option_id])
            return HttpResponseRedirect(url)
        form.add_error("reason", _("Este plano já foi vendido: diga o motivo."))
    return render_page(request, _page(plan, form, option.name))


def _cycles(plan: PlanDetail) -> list[Cycle]:
    """Those that the plan is sold in; an option of a plan without prices is priced by the month."""
    return [version.cycle for version in plan.active] or [Cycle.MONTHLY]


def _fields(typed: object, plan: PlanDetail, option: OfferedOption) -> OptionFields:
    return OptionFields(typed, kind=option.kind, cycles=_cycles(plan), option=option)


def _found(option_id: UUID) -> tuple[PlanDetail, OfferedOption]:
    try:
        plan_id, option = offered_option(option_id)
    except NoSuchOption:
        raise Http404 from None
    return find(plan_id), option


def _reprices(form: OptionFields, option: OfferedOption) -> bool:
    """Whether something that is offered would cost something else, or not be sold for a cycle."""
    wanted = {choice.id: choice.prices for choice in form.typed().choices}
    return any(
        wanted[choice.id].get(cycle) != price.amount
        for choice in option.choices
        if choice.id in wanted
        for cycle, price in choice.prices.items()
    )


def _save(
    request: Request, plan: PlanDetail, option: OfferedOption, form: OptionFields
) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    try:
        change_option(option_id=option.id, form=form.typed(), reason=reason, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Opção salva."))
    return HttpResponseRedirect(parts.plan_url(plan.id))


def _waiting(request: Request, plan: PlanDetail, option: OfferedOption) -> OptionFields:
    form = _fields(kept(request, CHANGE, about=option.id), plan, option)
    if not form.is_valid():
        raise Http404
    return form


def _foresee_change(request: Request, option_id: UUID) -> Foreseen:
    plan, option = _found(option_id)
    form = _waiting(request, plan, option)
    wanted = {choice.id: choice for choice in form.typed().choices}
    return Foreseen(
        title=_("Mudar o preço de %(option)s") % {"option": option.name},
        facts=[
            (_("Plano"), plan.form.name),
            *option_parts.differences(option, wanted),
            (_("Motivo"), form.cleaned_data["reason"]),
            (
                _("Depois"),
                _("Só as vendas novas mudam. Quem já contratou paga o que contratou."),
            ),
        ],
        button=_("Mudar preços"),
        entity="plan",
        entity_id=plan.id,
        back=reverse("workspace:option_edit", args=[option_id]),
    )


@requires("workspace:enter")
@sensitive(CHANGE, permission=permissions.WRITE, foresee=_foresee_change)
def option_confirm(request: Request, option_id: UUID) -> HttpResponseBase:
    plan, option = _found(option_id)
    form = _waiting(request, plan, option)
    drop(request, CHANGE)
    return _save(request, plan, option, form)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def option_retire(request: Request, option_id: UUID) -> HttpResponse:
    plan, option = _found(option_id)
    try:
        retire_option(option_id=option_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = _("%(option)s não é mais oferecida. Quem a contratou continua com ela.")
        messages.success(request, words % {"option": option.name})
    return HttpResponseRedirect(parts.plan_url(plan.id))


def _page(plan: PlanDetail, form: OptionFields, title: str) -> Page:
    crumbs: Sequence[Crumb] = [Crumb(plan.form.name, parts.plan_url(plan.id)), Crumb(title)]
    return Page(
        title,
        "workspace",
        option_parts.option_form(form, plan),
        lead=option_parts.KIND_LEADS[form.kind],
        breadcrumbs=parts.trail(*crumbs),
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("catalogo/planos/<uuid:plan_id>/opcoes/nova/", option_new, name="option_new"),
    path("catalogo/opcoes/<uuid:option_id>/", option_edit, name="option_edit"),
    path("catalogo/opcoes/<uuid:option_id>/confirmar/", option_confirm, name="option_confirm"),
    path("catalogo/opcoes/<uuid:option_id>/retirar/", option_retire, name="option_retire"),
]
