"""The page of one service of any tenant: what it is, its activation, its tickets, its story."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit.web.components import history
from alicerce.apps.dns.web import components as dns
from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.public import holds_of
from alicerce.apps.hosting.web import components as hosting
from alicerce.apps.hosting.web.console import service_of_tenant
from alicerce.apps.hosting.web.life import removal_card, suspension_card
from alicerce.apps.hosting.web.progress import full_steps
from alicerce.apps.support.web.components import tickets_about
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.surfaces.console.people import names
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Pair
from alicerce.ui.status import SERVICE, badge


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def service(request: Request, tenant_id: UUID, service_id: UUID) -> HttpResponse:
    found = service_of_tenant(tenant_id=tenant_id, service_id=service_id)
    if found is None:
        raise Http404
    view, progress = found
    things = [("service", service_id)]
    main: list[Content] = []
    if progress:
        things.append(("provisioning_run", progress.run.id))
        open_run = LinkButton(_("Abrir execução"), hosting.run_url(progress.run), size="sm")
        title = _("Última ativação") if progress.run.is_activation else progress.run.title
        main.append(Card([full_steps(progress)], title=title, aside=open_run))
    with acting(tenant_id=tenant_id), transaction():
        held = suspension_card(view, holds_of(service_id))
        main = [*held, *removal_card(view), *main]
        main += [*dns.zone_cards(service_id), history(things, name_of=names(of_jobs=True))]
        tickets = tickets_about({key for _kind, key in things})
    tenant = tenancy.tenant_names().get(tenant_id, "")
    whose, server = Pair(_("Empresa"), tenant), hosting.server_link(view)
    side = [hosting.service_facts(view, whose=whose, server=server), tickets]
    domain = display_domain(view.domain)
    page = Page(
        domain,
        "console",
        [Columns(main, side, side_label=_("Sobre o serviço"), side_first=False)],
        badge=badge(SERVICE, view.status),
        breadcrumbs=[Crumb(_("Serviços"), reverse("console:services")), Crumb(domain)],
    )
    return render_page(request, page)
