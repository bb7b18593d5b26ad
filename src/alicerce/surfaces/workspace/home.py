"""Where a company's people arrive: what needs a person, the team, the products, the next steps."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.corrections.web.listing import concerns as correction_concerns
from alicerce.apps.hosting import permissions as hosting_rights
from alicerce.apps.hosting.web.packages import package_concerns, room_concerns
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.web import overview
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.surfaces import standing_in_consent
from alicerce.surfaces.workspace.first_steps import first_steps
from alicerce.surfaces.workspace.shell import HEADINGS, items
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.concerns import concerns_table
from alicerce.ui.layout import Card, Columns, Row, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, StatStrip


@requires(permissions.WORKSPACE)
@require_safe
def home(request: Request) -> HttpResponse:
    tenant = tenancy.tenant_card()
    page = Page(
        tenant.name,
        "workspace",
        [
            *first_steps(request, at=now()),
            Section(_("Precisa de atenção"), [_needed(request)]),
            StatStrip(overview.figures(request, at=now())),
            Columns(
                [overview.products_card()],
                [_shortcuts(request, tenant.base_url)],
                side_first=False,
            ),
        ],
    )
    return render_page(request, page)


def _needed(request: Request) -> Content:
    calm = EmptyState(
        _("Nada precisa de você agora"),
        _("Convites vencidos e o que falta configurar aparecem aqui."),
        icon="circle-check",
    )
    found = overview.concerns(request, at=now())
    found += correction_concerns(request)
    if hosting_rights.READ_SERVERS in request.permissions:
        found += [*package_concerns(), *room_concerns()]
    if permissions.COMPANY_WRITE in request.permissions:
        found += standing_in_consent.concerns()
    return concerns_table(found, empty=calm)


def _shortcuts(request: Request, site_url: str) -> Card:
    """A company without an address of its own has no site to look at."""
    links = [
        LinkButton(entry.label, entry.url, icon=entry.icon)
        for heading in HEADINGS
        for entry in items(request, heading)
    ]
    if site_url:
        links.append(LinkButton(_("Ver o site"), site_url, icon="external-link"))
    return Card([Row(links)], title=_("Atalhos"))
