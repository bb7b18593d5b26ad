"""The fields of a plan: asked, changed, and asked no more."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.errors import NoSuchField
from alicerce.apps.catalog.queries.fields import asked_field
from alicerce.apps.catalog.services.save_field import add_field, change_field, retire_field
from alicerce.apps.catalog.types import AskedField, FieldKind, PlanDetail
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web import field_components as field_parts
from alicerce.apps.catalog.web.field_forms import FieldFields
from alicerce.apps.catalog.web.plan_editing import find
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def field_new(request: Request, plan_id: UUID) -> HttpResponse:
    plan, kind = find(plan_id), request.GET.get("tipo", FieldKind.SHORT_TEXT)
    if kind not in set(FieldKind):
        raise Http404
    form = FieldFields(request.POST or None, kind=FieldKind(kind))
    if request.method == "POST" and form.is_valid():
        try:
            add_field(plan_id=plan_id, form=form.typed(), at=now())
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Campo criado. Ele já aparece no pedido."))
            return HttpResponseRedirect(parts.plan_url(plan_id))
    return render_page(request, _page(plan, form, _("Novo campo")))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def field_edit(request: Request, field_id: UUID) -> HttpResponse:
    plan, asked = _found(field_id)
    form = FieldFields(request.POST or None, kind=asked.kind, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            change_field(field_id=field_id, form=form.typed(), at=now())
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Campo salvo. O que já foi respondido não muda."))
            return HttpResponseRedirect(parts.plan_url(plan.id))
    return render_page(request, _page(plan, form, asked.label))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def field_retire(request: Request, field_id: UUID) -> HttpResponse:
    plan, asked = _found(field_id)
    try:
        retire_field(field_id=field_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = _("%(label)s não é mais perguntado. As respostas ficam nos pedidos.")
        messages.success(request, words % {"label": asked.label})
    return HttpResponseRedirect(parts.plan_url(plan.id))


def _found(field_id: UUID) -> tuple[PlanDetail, AskedField]:
    try:
        asked = asked_field(field_id)
    except NoSuchField:
        raise Http404 from None
    return find(asked.plan_id), asked


def _page(plan: PlanDetail, form: FieldFields, title: str) -> Page:
    return Page(
        title,
        "workspace",
        field_parts.field_form(form, plan),
        lead=field_parts.KIND_LEADS[form.kind],
        breadcrumbs=parts.trail(Crumb(plan.form.name, parts.plan_url(plan.id)), Crumb(title)),
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("catalogo/planos/<uuid:plan_id>/campos/novo/", field_new, name="field_new"),
    path("catalogo/campos/<uuid:field_id>/", field_edit, name="field_edit"),
    path("catalogo/campos/<uuid:field_id>/retirar/", field_retire, name="field_retire"),
]
