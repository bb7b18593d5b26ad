"""The page of one service for the company that sold it: what it is, its runs, its tickets, its story."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.dns import permissions as dns_rights
from alicerce.apps.dns.web import components as dns
from alicerce.apps.hosting import permissions
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.web.components import service_facts
from alicerce.apps.hosting.web.life import (
    plan_removal_button,
    removal_actions,
    removal_card,
    suspension_actions,
    suspension_card,
)
from alicerce.apps.hosting.web.listing import retry_actions, watched, whose
from alicerce.apps.hosting.web.workspace import runs_card, service_url
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.metadata.web.components import metadata_cards
from alicerce.apps.orders.web.answers import answers_of_line
from alicerce.apps.support import permissions as support_rights
from alicerce.apps.support.web.components import OFFICE, tickets_about
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.products import part_of
from alicerce.surfaces.console.people import names
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import SERVICE, badge


@part_of("hosting")
@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def service(request: Request, service_id: UUID) -> HttpResponse:
    found = hosting.service_view(service_id)
    if found is None:
        raise Http404
    return render_page(request, _page(request, found))


def _page(request: Request, found: hosting.ServiceView) -> Page:
    domain = display_domain(found.domain)
    progress = hosting.latest_run_of_service(found.id)
    runs = hosting.runs_of_service(found.id)
    may_operate = permissions.OPERATE in request.permissions
    main: list[Content] = watched(progress, service_url(found.id)) if progress else []
    main = [*_life(request, found), *main]
    if runs:
        main.append(runs_card(runs))
    main += _from_others(request, found, runs)
    things = {found.id, *(run.id for run in runs)}
    side: list[Content] = [
        service_facts(
            found, whose=whose(request, found.customer_id), server=found.server_name or "–"
        )
    ]
    if "orders:read" in request.permissions:
        held = request.permissions
        side += answers_of_line(found.line_id, with_personal="customers:read" in held)
    side += metadata_cards(ThingKind.SERVICE, found.id)
    if support_rights.READ in request.permissions:
        side.append(tickets_about(things, OFFICE))
    return Page(
        domain,
        "workspace",
        [Columns(main, side, side_label=_("Sobre o serviço"), side_first=False)],
        lead=found.plan_name,
        badge=badge(SERVICE, found.status),
        breadcrumbs=[Crumb(_("Serviços"), reverse("workspace:services")), Crumb(domain)],
        actions=[
            *(retry_actions(request, progress) if progress else []),
            *(suspension_actions(found) if may_operate else []),
        ],
    )


def _life(request: Request, found: hosting.ServiceView) -> list[Content]:
    """What holds it back and what is planned for it, with the buttons of who may press them."""
    may_operate = permissions.OPERATE in request.permissions
    is_due = found.removal_due_at is not None and found.removal_due_at <= now()
    may_remove = is_due and permissions.REMOVE in request.permissions
    return [
        *suspension_card(
            found,
            hosting.holds_of(found.id),
            actions=plan_removal_button(found) if may_operate else [],
        ),
        *removal_card(
            found,
            actions=removal_actions(found, may_remove=may_remove) if may_operate else [],
        ),
    ]


def _from_others(
    request: Request, found: hosting.ServiceView, runs: list[hosting.RunRow]
) -> list[Content]:
    """Its zone and its story, for who may see them."""
    parts: list[Content] = []
    if dns_rights.READ in request.permissions:
        parts += dns.zone_cards(found.id)
    if audit_rights.READ in request.permissions:
        things = [("service", found.id), *(("provisioning_run", run.id) for run in runs)]
        parts.append(history(things, name_of=names()))
    return parts


urlpatterns = [path("servicos/<uuid:service_id>/", service, name="service")]
