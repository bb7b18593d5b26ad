"""A company's own data and products, in its workspace."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries.limits import limits
from alicerce.apps.tenancy.queries.products import products as every_product
from alicerce.apps.tenancy.queries.tenants import base_url_of, platform, profile
from alicerce.apps.tenancy.services import products as services
from alicerce.apps.tenancy.services.company import describe_company
from alicerce.apps.tenancy.types import ProductKey
from alicerce.apps.tenancy.web import company_components as parts
from alicerce.apps.tenancy.web import limit_components as limit_parts
from alicerce.apps.tenancy.web.forms import ProfileForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.ui.page import Page, render_page


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_http_methods(["GET", "POST"])
def company(request: Request) -> HttpResponse:
    form = ProfileForm(request.POST or None, initial=asdict(profile()))
    if request.method == "POST" and form.is_valid():
        with explained(request, _("Os dados da empresa foram salvos.")):
            describe_company(profile=form.typed(), at=now())
        return HttpResponseRedirect(reverse("workspace:company"))
    page = Page(
        _("Dados da empresa"),
        "workspace",
        [parts.address_card(base_url_of(current_tenant_id())), parts.profile_card(form)],
        lead=_("O que clientes e documentos dizem da empresa, e como a equipe trabalha nela."),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_safe
def products(request: Request) -> HttpResponse:
    has, zone = every_product(), ZoneInfo(profile().time_zone)
    table = (
        limit_parts.products_table(has, zone=zone) if platform() else parts.products_table(has)
    )
    page = Page(
        _("Produtos"),
        "workspace",
        [table, limit_parts.limits_card(limits(at=now()))],
        lead=_("O que existe nesta empresa: páginas, API e tarefas de cada produto."),
    )
    return render_page(request, page)


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def product(request: Request, key: str) -> HttpResponse:
    """Switch a product on or off, where no platform does. Nothing it knows is lost either way."""
    if key not in set(ProductKey):
        raise Http404
    on = request.POST.get("ligado") == "1"
    done = _("O produto está ligado.") if on else _("O produto está desligado.")
    with explained(request, done):
        services.switch_product(product=ProductKey(key), on=on, at=now())
    return HttpResponseRedirect(reverse("workspace:products"))


urlpatterns = [
    path("empresa/", company, name="company"),
    path("empresa/produtos/", products, name="products"),
    path("empresa/produtos/<str:key>/", product, name="product"),
]
