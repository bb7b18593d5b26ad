"""Tickets in the operator's panel: the lists and one ticket."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.support import permissions
from alicerce.apps.support.queries import (
    PAGE,
    open_tickets_everywhere,
    resolved_tickets_everywhere,
)
from alicerce.apps.support.types import TicketRow
from alicerce.apps.support.web import answering, components
from alicerce.apps.support.web.ticket_page import ticket_page
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Column

OPEN, MINE, RESOLVED = "", "meus", "resolvidos"


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def tickets(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", OPEN)
    found = _found(request, chosen)
    tenants = tenancy.tenant_names()
    table = components.tickets_table(
        found[:PAGE],
        Column(_("Empresa")),
        {ticket.id: tenants.get(ticket.tenant_id, "") for ticket in found},
        empty=nothing(chosen),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Chamados"),
        "console",
        [views(request, chosen), table],
        lead=_("O que espera por uma pessoa da equipe."),
    )
    return render_page(request, page)


def _found(request: Request, chosen: str) -> list[TicketRow]:
    before = said_id(request, "antes")
    if chosen == RESOLVED:
        return resolved_tickets_everywhere(before=before, limit=PAGE + 1)
    mine = request.user.pk if chosen == MINE else None
    return open_tickets_everywhere(assignee_id=mine, before=before, limit=PAGE + 1)


def nothing(chosen: str) -> EmptyState:
    if chosen == MINE:
        text = _("Assuma um chamado aberto e ele aparece aqui até ser resolvido.")
        return EmptyState(_("Nenhum chamado com você"), text, icon="circle-check")
    if chosen == RESOLVED:
        text = _("Um chamado resolvido fica aqui com a conversa inteira.")
        return EmptyState(_("Nenhum chamado resolvido"), text, icon="life-buoy")
    return EmptyState(
        _("Nenhum chamado aberto"),
        _("Quando algo parar, um chamado se abre sozinho e aparece aqui."),
        icon="life-buoy",
    )


def views(request: Request, chosen: str) -> Views:
    words = {OPEN: _("Abertos"), MINE: _("Comigo"), RESOLVED: _("Resolvidos")}
    return Views(
        [
            View(label, here(request, visao=key, antes=""), current=key == chosen)
            for key, label in words.items()
        ],
        _("Visões"),
    )


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def ticket(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    found = answering.find(tenant_id, ticket_id)
    return render_page(request, ticket_page(request, found, answering.form_for(found.ticket)))


urlpatterns = [
    path("chamados/", tickets, name="tickets"),
    path("empresas/<uuid:tenant_id>/chamados/<uuid:ticket_id>/", ticket, name="ticket"),
    *answering.urlpatterns,
]
