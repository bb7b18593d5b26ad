"""The front page: a company's plans, or what the platform is for."""

from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.catalog import public as catalog
from alicerce.apps.orders.web.site import storefront
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Grid
from alicerce.ui.page import Page, render_page
from alicerce.ui.texts import Text


@public_page
@require_safe
def front_page(request: Request) -> HttpResponseBase:
    """The platform has a storefront too, once it has something in it."""
    if tenancy.tenant_card().is_root and not catalog.storefront():
        return render_page(request, _platform_page(request))
    return storefront(request)


def _platform_page(request: Request) -> Page:
    return Page(
        _("Venda hospedagem com a sua marca"),
        "site",
        [Grid(_promises(), columns=3)],
        lead=_("Abra a sua empresa, convide a equipe e ligue os seus sistemas."),
        actions=_ways_in(request),
    )


def _ways_in(request: Request) -> list[Content]:
    if request.user.is_authenticated:
        label, url = _("Suas empresas"), reverse("site:companies")
        return [LinkButton(label, url, icon="building-2", variant="primary")]
    return [LinkButton(_("Abrir uma conta"), reverse("account_signup"), variant="primary")]


def _promises() -> list[Content]:
    docs = LinkButton(_("Documentação da API"), reverse("docs:start"), icon="code-xml")
    return [
        Card(
            [Text(_("Pedidos, faturas, Pix e cartão, no endereço e nas cores da empresa."))],
            title=_("Venda e receba"),
        ),
        Card(
            [Text(_("Pagamento confirmado, a conta, o DNS e o certificado nascem sozinhos."))],
            title=_("Entregue em um minuto"),
        ),
        Card(
            [Text(_("Chaves com o alcance que você escolhe e avisos assinados."))],
            title=_("Ligue os seus sistemas"),
            footer=[docs],
        ),
    ]


urlpatterns = [path("", front_page, name="home")]
