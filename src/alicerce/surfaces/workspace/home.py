"""Where a company's people arrive."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair


@requires("workspace:enter")
@require_safe
def home(request: Request) -> HttpResponse:
    tenant = tenancy.tenant_card()
    facts = [
        Pair(_("Nome"), tenant.name),
        Pair(_("Endereço"), tenant.base_url),
        Pair(_("Cidade"), tenant.city),
    ]
    return render_page(request, Page(_("Início"), "workspace", [Card([KeyValues(facts)])]))
