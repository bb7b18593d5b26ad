"""Tickets in the operator's panel."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.support import permissions
from alicerce.apps.support.queries import PAGE, open_tickets_everywhere, ticket_view
from alicerce.apps.support.types import MessageView, TicketRow, TicketView
from alicerce.apps.support.web import components
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card, Columns, Crumb, Stack
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.status import TICKET, badge
from alicerce.ui.texts import Text, TimeText

PAGES_OF = {"provisioning_run": "console:run", "service": "console:service"}


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def tickets(request: Request) -> HttpResponse:
    found = open_tickets_everywhere(before=said_id(request, "antes"), limit=PAGE + 1)
    table = components.tickets_table(
        found[:PAGE],
        tenancy.tenant_names(),
        empty=EmptyState(
            _("Nenhum chamado aberto"),
            _("Quando algo parar, um chamado se abre sozinho e aparece aqui."),
            icon="life-buoy",
        ),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Chamados"), "console", [table], lead=_("O que espera por uma pessoa da equipe.")
    )
    return render_page(request, page)


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def ticket(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    with acting(tenant_id=tenant_id), transaction():
        found = ticket_view(ticket_id)
    if found is None:
        raise Http404
    tenant = tenancy.tenant_names().get(tenant_id, "")
    return render_page(request, _ticket_page(found, tenant))


def _ticket_page(found: TicketView, tenant: str) -> Page:
    row = found.ticket
    messages = [_message(message) for message in found.messages]
    facts = Card(
        [
            KeyValues(
                [
                    Pair(_("Número"), f"#{row.number}"),
                    Pair(_("Prioridade"), components.priority_badge(row.priority)),
                    Pair(_("Empresa"), tenant),
                    Pair(_("Aberto"), TimeText(row.opened_at)),
                ]
            )
        ],
        title=_("Sobre o chamado"),
    )
    return Page(
        row.subject,
        "console",
        [Columns(messages, [facts], side_label=_("Sobre o chamado"), side_first=False)],
        badge=badge(TICKET, row.status),
        breadcrumbs=[
            Crumb(_("Chamados"), reverse("console:tickets")),
            Crumb(f"#{row.number}"),
        ],
        actions=_ways(row),
    )


def _message(message: MessageView) -> Card:
    paragraphs = [Text(part) for part in message.body.split("\n\n")]
    automatic = message.author == "system" or message.author.startswith("job:")
    author = _("Aberto pelo sistema") if automatic else _("Equipe")
    return Card([Stack(paragraphs)], title=author, aside=TimeText(message.at))


def _ways(row: TicketRow) -> list[LinkButton]:
    if row.entity not in PAGES_OF or row.entity_id is None:
        return []
    url = reverse(PAGES_OF[row.entity], args=[row.tenant_id, row.entity_id])
    return [LinkButton(_("Abrir o que parou"), url, icon="arrow-right", variant="primary")]


urlpatterns = [
    path("chamados/", tickets, name="tickets"),
    path("empresas/<uuid:tenant_id>/chamados/<uuid:ticket_id>/", ticket, name="ticket"),
]
