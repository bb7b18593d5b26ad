"""Writing a plan down, changing what is said of it, and taking it off the shop."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.errors import BadPlan, NoSuchPlan, PlanIsRetired
from alicerce.apps.catalog.ports import ProductKind, kinds_of
from alicerce.apps.catalog.queries.management import (
    plan_detail,
    plans_with_addons,
    products,
)
from alicerce.apps.catalog.services.change_plan import change_plan, retire_plan
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.types import PlanDetail
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web.forms import PlanFields, initial_of, unit_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Field, Form, FormErrors, form_field
from alicerce.ui.forms import Span as Width
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

WIDTHS: dict[str, Width] = {"product_name": 3, "name": 3, "position": 3, "stock": 3}


def find(plan_id: UUID) -> PlanDetail:
    """A page that is not there when the plan is not the company's."""
    try:
        return plan_detail(plan_id)
    except NoSuchPlan:
        raise Http404 from None


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Request) -> HttpResponse:
    form = PlanFields(
        request.POST or None, initial=_beginning(), known=_kinds(), plans=_plans()
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_plan(form=form.typed(), at=now())
        except BadPlan as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Plano criado. Agora diga quanto ele custa."))
            return HttpResponseRedirect(parts.plan_url(made, "plan_prices"))
    title = _("Criar plano")
    body = _form(form, _("Criar plano"), reverse("workspace:catalog"))
    return render_page(request, _page(title, body, form, [Crumb(title)]))


def _kinds() -> tuple[ProductKind, ...]:
    return kinds_of(is_platform=tenancy.is_platform(current_tenant_id()))


def _plans() -> list[tuple[str, str]]:
    """What an add-on may go with."""
    return [(str(id_), name) for id_, name in plans_with_addons().items()]


def _beginning() -> dict[str, object]:
    """The family that the company has, if it has but one."""
    known = products()
    name = {"product_name": known[0].name} if len(known) == 1 else {}
    return {"is_visible": True, "position": 0, **name}


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: Request, plan_id: UUID) -> HttpResponse:
    plan = find(plan_id)
    form = PlanFields(
        request.POST or None, initial=initial_of(plan), known=_kinds(), plans=_plans()
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(plan_id=plan_id, form=form.typed(), at=now())
        except (BadPlan, PlanIsRetired) as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Plano salvo."))
            return HttpResponseRedirect(parts.plan_url(plan_id))
    title = _("Editar %(name)s") % {"name": plan.form.name}
    crumbs = [Crumb(plan.form.name, parts.plan_url(plan_id)), Crumb(_("Editar"))]
    body = _form(form, _("Salvar plano"), parts.plan_url(plan_id))
    return render_page(request, _page(title, body, form, crumbs))


def _explain(form: PlanFields, refused: Refused) -> None:
    field = getattr(refused, "field", None)
    form.add_error(field if field in form.fields else None, str(refused))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def plan_retire(request: Request, plan_id: UUID) -> HttpResponse:
    plan = find(plan_id)
    retire_plan(plan_id=plan_id, at=now())
    words = _("%(plan)s saiu de venda. Quem o tem continua com ele.")
    messages.success(request, words % {"plan": plan.form.name})
    return HttpResponseRedirect(parts.plan_url(plan_id))


def _spec_field(form: PlanFields, name: str) -> Content:
    """What one kind of product needs is not called optional, though another does without it."""
    field = form_field(form[name], span=3)
    if isinstance(field, Field) and name in form.needed_names:
        return replace(field, optional=False)
    return field


def _form(form: PlanFields, button: str, back: str) -> list[Content]:
    apart = {*form.spec_names, *form.limit_names}
    said: list[Content] = [
        bound if bound.is_hidden else form_field(bound, span=WIDTHS.get(bound.name, 6))
        for bound in form
        if bound.name not in apart
    ]
    spec = [_spec_field(form, name) for name in form.spec_names]
    limits = [form_field(form[name], span=2, suffix=unit_of(name)) for name in form.limit_names]
    return [
        Form(
            "",
            [*said, *spec, *limits],
            [Button(button, variant="primary"), LinkButton(_("Voltar"), back)],
            FormErrors(form) if form.errors else "",
        )
    ]


def _page(title: str, body: list[Content], form: PlanFields, crumbs: list[Crumb]) -> Page:
    return Page(
        title,
        "workspace",
        [Card(body, footer=[_("Nos limites, ∞ é sem limite e vazio é não dizer nada.")])],
        breadcrumbs=parts.trail(*crumbs),
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("catalogo/planos/novo/", plan_new, name="plan_new"),
    path("catalogo/planos/<uuid:plan_id>/editar/", plan_edit, name="plan_edit"),
    path("catalogo/planos/<uuid:plan_id>/retirar/", plan_retire, name="plan_retire"),
]
