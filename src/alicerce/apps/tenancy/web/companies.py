"""The companies a person works for: choosing one, and opening another. On the platform's address."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.tenancy.queries.access import CHOSEN, standings_of
from alicerce.apps.tenancy.queries.payers import accounts_of
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.apps.tenancy.services.open_tenant import open_company
from alicerce.apps.tenancy.types import NewCompany, Standing
from alicerce.apps.tenancy.web import companies_components as parts
from alicerce.apps.tenancy.web.forms import OpenCompanyForm
from alicerce.kernel.access import ACCOUNT, Request, needs_of, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

ABOUT = ("name", "legal_name", "document", "city", "time_zone", "locale")
WORKSPACE = "/app/"


@requires(ACCOUNT)
@require_safe
def companies(request: Request) -> HttpResponse:
    _require_platform()
    found = standings_of(_me(request))
    new = LinkButton(
        _("Abrir empresa"), reverse("site:company_new"), icon="plus", variant="primary"
    )
    page = Page(
        _("Suas empresas"),
        "site",
        [parts.companies_table(found)],
        lead=_("Onde você trabalha. Cada empresa tem sua equipe, seus clientes e seus dados."),
        actions=[new],
    )
    return render_page(request, page)


@requires(ACCOUNT)
@require_http_methods(["GET", "POST"])
def company_new(request: Request) -> HttpResponse:
    _require_platform()
    form = OpenCompanyForm(request.POST or None, accounts=accounts_of(_me(request)))
    if request.method == "POST" and form.is_valid():
        try:
            tenant_id = open_company(
                new=_typed(form),
                owner_id=_me(request),
                email=_email(request),
                at=now(),
            )
        except Refused as refused:
            form.add_error("slug" if refused.code == "slug_taken" else "account", str(refused))
        else:
            request.session[CHOSEN] = str(tenant_id)
            return HttpResponseRedirect(WORKSPACE)
    title = _("Abrir empresa")
    page = Page(
        title,
        "site",
        [Card([parts.company_form(form)])],
        lead=_("Você fica como titular e pode convidar a equipe em seguida."),
        breadcrumbs=[Crumb(_("Suas empresas"), reverse("site:companies")), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _typed(form: OpenCompanyForm) -> NewCompany:
    given, account = form.cleaned_data, form.cleaned_data["account"]
    return NewCompany(
        slug=given["slug"],
        profile={name: given[name] for name in ABOUT},
        account_id=UUID(account) if account else None,
    )


@requires(ACCOUNT)
@require_POST
def switch(request: Request) -> HttpResponse:
    """Choose which company the workspace acts for; only one the person works for is there."""
    _require_platform()
    wanted = request.POST.get("empresa", "")
    mine = {str(one.tenant_id): one for one in standings_of(_me(request))}
    if wanted not in mine:
        raise Http404
    request.session[CHOSEN] = wanted
    return HttpResponseRedirect(_section(request.POST.get("next", ""), mine[wanted]))


def _section(path: str, there: Standing) -> str:
    """The same section in the other company, if the person may open it there."""
    try:
        view = resolve(path).func
    except Resolver404:
        return WORKSPACE
    may_open = path.startswith(WORKSPACE) and needs_of(view) <= there.permissions
    return path if may_open else WORKSPACE


def _require_platform() -> None:
    if not tenant_card().is_root:
        raise Http404


def _me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


def _email(request: Request) -> str:
    assert request.user.is_authenticated
    email: str = request.user.email
    return email


urlpatterns = [
    path("empresas/", companies, name="companies"),
    path("empresas/nova/", company_new, name="company_new"),
    path("empresas/trocar/", switch, name="switch"),
]
