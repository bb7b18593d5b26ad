"""Tickets where a company's own people see to them: the lists, one ticket, and what to do about it."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.support import permissions
from alicerce.apps.support.queries import PAGE, ticket_view, tickets
from alicerce.apps.support.services.move_ticket import (
    assign_ticket,
    reopen_ticket,
    resolve_ticket,
)
from alicerce.apps.support.types import TicketRow, TicketStatus, TicketsWanted, TicketView
from alicerce.apps.support.web.answering import form_for, put
from alicerce.apps.support.web.components import OFFICE, tickets_table
from alicerce.apps.support.web.console import MINE, RESOLVED, nothing, views
from alicerce.apps.support.web.ticket_page import customer_links, ticket_page
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters
from alicerce.ui.links import here, said_id, said_words
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Column


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def ticket_list(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = tickets(_wanted(request), before=said_id(request, "antes"), limit=PAGE + 1)
    shown = found[:PAGE]
    table = tickets_table(
        shown,
        Column(_("Cliente")),
        _customers(request, shown),
        desk=OFFICE,
        empty=_nothing(request, chosen),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(shown[-1].id)) if len(found) > PAGE else "",
    )
    body = [views(request, chosen), _search(request), table]
    return render_page(request, Page(_("Chamados"), "workspace", body))


def _wanted(request: Request) -> TicketsWanted:
    chosen = request.GET.get("visao", "")
    return TicketsWanted(
        status=TicketStatus.RESOLVED if chosen == RESOLVED else TicketStatus.OPEN,
        assignee_id=request.user.pk if chosen == MINE else None,
        text=said_words(request, "q"),
    )


def _customers(request: Request, shown: Sequence[TicketRow]) -> Mapping[UUID, Content]:
    """Whose each ticket is."""
    links = customer_links(request, {row.customer_id for row in shown if row.customer_id})
    return {
        row.id: links[row.customer_id]
        for row in shown
        if row.customer_id and row.customer_id in links
    }


def _search(request: Request) -> Filters:
    said = request.GET
    return Filters(
        request.path,
        search=said_words(request, "q"),
        search_label=_("Número ou assunto"),
        keep={"visao": said["visao"]} if said.get("visao") else {},
    )


def _nothing(request: Request, chosen: str) -> EmptyState:
    if not request.GET.get("q"):
        return nothing(chosen)
    return EmptyState(
        _("Nenhum chamado com estas palavras"),
        _("Busque pelo número ou por parte do assunto, também em outra visão."),
        LinkButton(_("Limpar busca"), here(request, q="", antes="")),
        icon="search",
    )


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def ticket(request: Request, ticket_id: UUID) -> HttpResponse:
    found = _find(ticket_id)
    return render_page(request, ticket_page(request, found, form_for(found.ticket), OFFICE))


def _find(ticket_id: UUID) -> TicketView:
    found = ticket_view(ticket_id)
    if found is None:
        raise Http404
    return found


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def write(request: Request, ticket_id: UUID) -> HttpResponse:
    found = _find(ticket_id)
    form = form_for(found.ticket, request.POST)
    if not form.is_valid():
        return render_page(request, ticket_page(request, found, form, OFFICE))
    return _back(request, found.ticket, put(ticket_id, form))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def assign(request: Request, ticket_id: UUID) -> HttpResponse:
    found = _find(ticket_id)
    assert request.user.is_authenticated
    assign_ticket(ticket_id=ticket_id, user_id=request.user.id, at=now())
    return _back(request, found.ticket, _("O chamado está com você."))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def resolve(request: Request, ticket_id: UUID) -> HttpResponse:
    return _move(request, ticket_id, resolve_ticket, _("Chamado resolvido."))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def reopen(request: Request, ticket_id: UUID) -> HttpResponse:
    return _move(request, ticket_id, reopen_ticket, _("Chamado reaberto."))


def _move(
    request: Request, ticket_id: UUID, change: Callable[..., None], done: str
) -> HttpResponse:
    found = _find(ticket_id)
    change(ticket_id=ticket_id, at=now())
    return _back(request, found.ticket, done)


def _back(request: Request, ticket: TicketRow, done: str) -> HttpResponse:
    messages.success(request, done)
    return HttpResponseRedirect(OFFICE.url(ticket))


AT = "chamados/<uuid:ticket_id>/"
urlpatterns = [
    path("chamados/", ticket_list, name="tickets"),
    path(AT, ticket, name="ticket"),
    path(f"{AT}escrever/", write, name="ticket_write"),
    path(f"{AT}assumir/", assign, name="ticket_assign"),
    path(f"{AT}resolver/", resolve, name="ticket_resolve"),
    path(f"{AT}reabrir/", reopen, name="ticket_reopen"),
]
