"""The list of a company's plans, and the families they belong to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.errors import BadPlan, NoSuchProduct
from alicerce.apps.catalog.queries.management import plans, product
from alicerce.apps.catalog.services.change_plan import change_product
from alicerce.apps.catalog.types import PlanStatus, ProductCard
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web.forms import ProductFields
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page

STATES: dict[str, PlanStatus | None] = {
    "": None,
    "a-venda": PlanStatus.FOR_SALE,
    "ocultos": PlanStatus.HIDDEN,
    "fora-de-venda": PlanStatus.RETIRED,
}


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def catalog(request: Request) -> HttpResponse:
    may_write = permissions.WRITE in request.permissions
    found = plans(STATES.get(request.GET.get("estado", "")))
    table = parts.plans_table(found, empty=parts.no_plans(may_write=may_write))
    page = Page(
        _("Catálogo"),
        "workspace",
        [parts.sections("catalog"), _states(request), table],
        lead=_("O que a empresa vende, e por quanto."),
        actions=[parts.new_plan_button()] if may_write else [],
    )
    return render_page(request, page)


def _states(request: Request) -> Views:
    chosen = request.GET.get("estado", "")
    words = {
        "": _("Todos"),
        "a-venda": _("À venda"),
        "ocultos": _("Ocultos"),
        "fora-de-venda": _("Fora de venda"),
    }
    return Views(
        [
            View(label, here(request, estado=key), current=key == chosen)
            for key, label in words.items()
        ],
        _("Estados"),
    )


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: Request, product_id: UUID) -> HttpResponse:
    found = _product(product_id)
    initial = {"name": found.name, "position": found.position}
    form = ProductFields(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_product(product_id=product_id, **form.cleaned_data, at=now())
        except BadPlan:
            form.add_error("name", _("Já existe um produto com este nome."))
        else:
            messages.success(request, _("Produto salvo."))
            return HttpResponseRedirect(reverse("workspace:catalog"))
    return render_page(request, _product_page(found, form))


def _product(product_id: UUID) -> ProductCard:
    try:
        return product(product_id)
    except NoSuchProduct:
        raise Http404 from None


def _product_page(found: ProductCard, form: ProductFields) -> Page:
    back = LinkButton(_("Voltar"), reverse("workspace:catalog"))
    ask = Form(
        reverse("workspace:catalog_product", args=[found.id]),
        form_fields(form),
        [Button(_("Salvar produto"), variant="primary"), back],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        found.name,
        "workspace",
        [Card([ask])],
        lead=_("A família aparece na vitrine nesta ordem, com os seus planos."),
        breadcrumbs=parts.trail(Crumb(found.name)),
        width="narrow",
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("catalogo/", catalog, name="catalog"),
    path("catalogo/produtos/<uuid:product_id>/", product_edit, name="catalog_product"),
]
