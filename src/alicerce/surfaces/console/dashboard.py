"""Where an operator arrives: what needs a person first, then a few figures."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.billing.web import overview as billing
from alicerce.apps.hosting.web import overview as hosting
from alicerce.apps.support.web import components as support
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.concerns import concerns_table
from alicerce.ui.layout import Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, StatStrip

REFRESH = 10


@requires("platform:operate")
@require_safe
def dashboard(request: Request) -> HttpResponse:
    tenants, at = tenancy.tenant_names(), now()
    concerns = [
        *hosting.concerns(tenants, at=at),
        *billing.concerns(tenants),
        *support.concerns(tenants),
    ]
    calm = EmptyState(
        _("Nada precisa de você agora"),
        _("O que parar ou não encaixar aparece aqui primeiro."),
        icon="circle-check",
    )
    all_runs = LinkButton(
        _("Todas as ativações"), f"{reverse('console:runs')}?visao=todas", size="sm"
    )
    page = Page(
        _("Visão geral"),
        "console",
        [
            Section(_("Precisa de atenção"), [concerns_table(concerns, empty=calm)]),
            StatStrip([*hosting.figures(), billing.figure(), support.figure()]),
            Section(_("Últimas ativações"), [hosting.latest_runs(tenants)], aside=all_runs),
        ],
        refresh=REFRESH,
    )
    return render_page(request, page)
