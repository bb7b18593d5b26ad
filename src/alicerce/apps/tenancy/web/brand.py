"""How a company looks to its customers: its logo, before and after it is used."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries.logos import current_logo, tried_logo
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.apps.tenancy.services import logos
from alicerce.apps.tenancy.web import brand_components as parts
from alicerce.apps.tenancy.web.forms import LogoForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.pictures import LARGEST
from alicerce.ui.page import Page, render_page


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def brand(request: Request) -> HttpResponse:
    """What is sent is shown first; nothing changes for customers until it is used."""
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            logos.try_logo(raw=form.cleaned_data["file"].read(LARGEST + 1), at=now())
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return HttpResponseRedirect(reverse("workspace:brand"))
    page = Page(
        _("Marca"),
        "workspace",
        [
            *parts.tried_cards(tried_logo(), tenant_card()),
            parts.current_card(current_logo(), tenant_card()),
            parts.send_card(form),
        ],
        lead=_("O logotipo que clientes veem na área deles, em e-mails, faturas e PDFs."),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def brand_use(request: Request) -> HttpResponse:
    tried = tried_logo()
    if tried is None or tried.digest != request.POST.get("logo", ""):
        raise Http404
    with explained(request, _("O logotipo está em uso.")):
        logos.use_logo(digest=tried.digest, at=now())
    return HttpResponseRedirect(reverse("workspace:brand"))


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def brand_drop(request: Request) -> HttpResponse:
    with explained(request, _("Agora aparece só o nome.")):
        logos.use_no_logo(at=now())
    return HttpResponseRedirect(reverse("workspace:brand"))


urlpatterns = [
    path("empresa/marca/", brand, name="brand"),
    path("empresa/marca/usar/", brand_use, name="brand_use"),
    path("empresa/marca/tirar/", brand_drop, name="brand_drop"),
]
