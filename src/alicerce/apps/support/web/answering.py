"""Writing in a ticket, taking it, resolving and reopening it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.support import permissions
from alicerce.apps.support.queries import ticket_view
from alicerce.apps.support.services.move_ticket import (
    assign_ticket,
    reopen_ticket,
    resolve_ticket,
)
from alicerce.apps.support.services.write_in_ticket import note_in_ticket, reply_to_ticket
from alicerce.apps.support.types import MessageKind, TicketRow, TicketView
from alicerce.apps.support.web.forms import MessageForm
from alicerce.apps.support.web.ticket_page import ticket_page
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.ui.page import render_page


def find(tenant_id: UUID, ticket_id: UUID) -> TicketView:
    """The ticket of that tenant; a page that is not there otherwise."""
    with acting(tenant_id=tenant_id), transaction():
        found = ticket_view(ticket_id)
    if found is None:
        raise Http404
    return found


def form_for(ticket: TicketRow, typed: object = None) -> MessageForm:
    return MessageForm(typed, has_customer=ticket.customer_id is not None)


@requires("platform:operate")
@requires(permissions.WRITE)
@require_POST
def write(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    found = find(tenant_id, ticket_id)
    form = form_for(found.ticket, request.POST)
    if not form.is_valid():
        return render_page(request, ticket_page(request, found, form))
    with acting(tenant_id=tenant_id):
        done = put(ticket_id, form)
    return _back(request, tenant_id, ticket_id, done)


def put(ticket_id: UUID, form: MessageForm) -> str:
    """Write what a valid form says in a ticket of the current tenant; what to say of it."""
    said = form.cleaned_data
    is_reply = said["kind"] == MessageKind.REPLY
    do = reply_to_ticket if is_reply else note_in_ticket
    do(ticket_id=ticket_id, body=said["body"], key=str(said["key"]), at=now())
    return _("Resposta enviada ao cliente.") if is_reply else _("Nota guardada.")


@requires("platform:operate")
@requires(permissions.WRITE)
@require_POST
def assign(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    find(tenant_id, ticket_id)
    assert request.user.is_authenticated
    with acting(tenant_id=tenant_id):
        assign_ticket(ticket_id=ticket_id, user_id=request.user.id, at=now())
    return _back(request, tenant_id, ticket_id, _("O chamado está com você."))


@requires("platform:operate")
@requires(permissions.WRITE)
@require_POST
def resolve(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    _move(resolve_ticket, tenant_id, ticket_id)
    return _back(request, tenant_id, ticket_id, _("Chamado resolvido."))


@requires("platform:operate")
@requires(permissions.WRITE)
@require_POST
def reopen(request: Request, tenant_id: UUID, ticket_id: UUID) -> HttpResponse:
    _move(reopen_ticket, tenant_id, ticket_id)
    return _back(request, tenant_id, ticket_id, _("Chamado reaberto."))


def _move(change: Callable[..., None], tenant_id: UUID, ticket_id: UUID) -> None:
    find(tenant_id, ticket_id)
    at: datetime = now()
    with acting(tenant_id=tenant_id):
        change(ticket_id=ticket_id, at=at)


def _back(request: Request, tenant_id: UUID, ticket_id: UUID, done: str) -> HttpResponse:
    messages.success(request, done)
    return HttpResponseRedirect(reverse("console:ticket", args=[tenant_id, ticket_id]))


AT = "empresas/<uuid:tenant_id>/chamados/<uuid:ticket_id>/"
urlpatterns = [
    path(f"{AT}escrever/", write, name="ticket_write"),
    path(f"{AT}assumir/", assign, name="ticket_assign"),
    path(f"{AT}resolver/", resolve, name="ticket_resolve"),
    path(f"{AT}reabrir/", reopen, name="ticket_reopen"),
]
