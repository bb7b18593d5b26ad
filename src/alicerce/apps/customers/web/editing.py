"""Writing a customer down, and changing one."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.customers import permissions
from alicerce.apps.customers.errors import (
    BadCustomer,
    CustomerTaken,
    NoSuchCustomer,
    StaleCustomer,
)
from alicerce.apps.customers.queries.customers import customer_detail, tiers
from alicerce.apps.customers.services.save_customer import create_customer, update_customer
from alicerce.apps.customers.types import CustomerDetail
from alicerce.apps.customers.web.components import customer_url
from alicerce.apps.customers.web.forms import BLANK, CustomerFields, initial_of
from alicerce.apps.tenancy.errors import LimitReached
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.forms import Span as Width
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

T = TypeVar("T")
WIDTHS: dict[str, Width] = {
    "kind": 3,
    "document": 3,
    "email": 3,
    "phone": 3,
    "tier": 3,
    "tags": 3,
    "external_reference": 3,
    "locale": 3,
    "state_registration": 3,
    "city_registration": 3,
}


def find(customer_id: UUID) -> CustomerDetail:
    """A page that is not there when it is not the tenant's."""
    try:
        return customer_detail(customer_id)
    except NoSuchCustomer:
        raise Http404 from None


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Clientes"), reverse("workspace:customers")), *crumbs]


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_http_methods(["GET", "POST"])
def customer_new(request: Request) -> HttpResponse:
    form = CustomerFields(request.POST or None, initial=BLANK, tiers=tiers())
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: create_customer(profile=form.profile(), at=now()))
        if made:
            messages.success(request, _("Cliente cadastrado."))
            return HttpResponseRedirect(customer_url(made))
    title = _("Novo cliente")
    crumbs = trail(Crumb(title))
    return render_page(request, _page(title, form, reverse("workspace:customers"), crumbs))


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_http_methods(["GET", "POST"])
def customer_edit(request: Request, customer_id: UUID) -> HttpResponse:
    detail = find(customer_id)
    form = CustomerFields(request.POST or None, initial=initial_of(detail), tiers=tiers())
    back = customer_url(customer_id)
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form,
            lambda: update_customer(
                customer_id=customer_id,
                profile=form.profile(),
                expected_version=form.cleaned_data["version"],
                at=now(),
            ),
        )
        if saved:
            messages.success(request, _("Cliente salvo."))
            return HttpResponseRedirect(back)
    name = detail.profile.name
    title = _("Editar %(name)s") % {"name": name}
    crumbs = trail(Crumb(name, back), Crumb(_("Editar")))
    return render_page(request, _page(title, form, back, crumbs))


def _try(form: CustomerFields, act: Callable[[], T]) -> T | None:
    """What it made; a refusal is told at its field."""
    try:
        return act()
    except BadCustomer as refused:
        form.add_error(refused.field, str(refused))
    except (CustomerTaken, LimitReached, StaleCustomer) as refused:
        form.add_error(None, str(refused))
    return None


def _page(title: str, form: CustomerFields, back: str, crumbs: list[Crumb]) -> Page:
    fields: list[Content] = [
        bound if bound.is_hidden else form_field(bound, span=WIDTHS.get(bound.name, 6))
        for bound in form
    ]
    card = Card(
        [
            Form(
                "",
                fields,
                [
                    Button(_("Salvar cliente"), variant="primary"),
                    LinkButton(_("Voltar"), back, variant="ghost"),
                ],
                errors=FormErrors(form) if form.errors else "",
            )
        ]
    )
    status = 422 if form.errors else 200
    return Page(title, "workspace", [card], breadcrumbs=crumbs, width="narrow", status=status)


urlpatterns = [
    path("clientes/novo/", customer_new, name="customer_new"),
    path("clientes/<uuid:customer_id>/editar/", customer_edit, name="customer_edit"),
]
