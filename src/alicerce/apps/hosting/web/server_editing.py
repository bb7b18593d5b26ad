"""Adding and changing a server in the operator's panel."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.errors import BadServer, ServerNameTaken
from alicerce.apps.hosting.queries.servers import ServerRow, ca_pem_of, server_row
from alicerce.apps.hosting.services.register_server import register_server, update_server
from alicerce.apps.hosting.web import server_components as parts
from alicerce.apps.hosting.web.forms import ServerFields, initial_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.crypto import decrypt, encrypt
from alicerce.kernel.db import transaction
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

SECRETS = ("token", "ca_pem")
TELLS_WHO_ENTERS = frozenset({"token", "base_url", "username", "ca_pem"})
"""Whoever says where the token goes has it: these change only by who proves themselves."""
ACCESS = "server.access_approved"
PLACE = b"session|typed|server token"


def find(tenant_id: UUID, server_id: UUID) -> ServerRow:
    """The server of that tenant; a page that is not there otherwise."""
    with acting(tenant_id=tenant_id), transaction():
        row = server_row(server_id)
    if row is None:
        raise Http404
    return row


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Servidores"), reverse("console:servers")), *crumbs]


@requires("platform:operate")
@requires(permissions.WRITE_SERVERS)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters(*SECRETS)
def server_new(request: Request) -> HttpResponse:
    form = ServerFields(request.POST or None, tenants=tenancy.tenant_names())
    if request.method == "POST" and form.is_valid():
        tenant_id = UUID(form.cleaned_data["tenant"])
        if server_id := _register(form, tenant_id):
            return _registered(tenant_id, server_id)
    title = _("Adicionar servidor")
    back = reverse("console:servers")
    return render_page(request, _form_page(title, form, title, back, trail(Crumb(title))))


@requires("platform:operate")
@requires(permissions.WRITE_SERVERS)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters(*SECRETS)
def server_edit(request: Request, tenant_id: UUID, server_id: UUID) -> HttpResponse:
    row = find(tenant_id, server_id)
    form = _fields(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if TELLS_WHO_ENTERS & set(form.changed_data):
            keep(request, ACCESS, about=server_id, typed=sealed(request.POST.dict()))
            url = reverse("console:server_access", args=[tenant_id, server_id])
            return HttpResponseRedirect(url)
        if _update(form, tenant_id, server_id):
            return _registered(tenant_id, server_id)
    title = _("Editar %(name)s") % {"name": row.name}
    back = parts.server_url(row)
    crumbs = trail(Crumb(row.name, back), Crumb(_("Editar")))
    return render_page(request, _form_page(title, form, _("Salvar servidor"), back, crumbs))


def _fields(row: ServerRow, typed: Mapping[str, Any] | None) -> ServerFields:
    with acting(tenant_id=row.tenant_id):
        initial = initial_of(row, ca_pem=ca_pem_of(row.id))
    return ServerFields(typed, initial=initial, tenants={}, server=row)


def _waiting(request: Request, row: ServerRow) -> ServerFields:
    """What was typed about this server, its token opened again."""
    form = _fields(row, opened(kept(request, ACCESS, about=row.id)))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_access(request: Request, tenant_id: UUID, server_id: UUID) -> Foreseen:
    row = find(tenant_id, server_id)
    wanted = _waiting(request, row).typed()
    return Foreseen(
        title=_("Mudar o acesso ao servidor"),
        facts=[
            (_("Servidor"), row.name),
            (_("Endereço do WHM"), wanted.base_url),
            (_("Usuário do WHM"), wanted.username),
            (_("Token da API"), _("Outro, cifrado") if wanted.token else _("O mesmo")),
            (_("Depois"), _("O servidor é testado com o acesso novo.")),
        ],
        button=_("Salvar servidor"),
        entity="server",
        entity_id=server_id,
        back=reverse("console:server_edit", args=[tenant_id, server_id]),
    )


@requires("platform:operate")
@sensitive(ACCESS, permission=permissions.WRITE_SERVERS, foresee=_foresee_access)
def server_access(request: Request, tenant_id: UUID, server_id: UUID) -> HttpResponseBase:
    row = find(tenant_id, server_id)
    form = _waiting(request, row)
    drop(request, ACCESS)
    if _update(form, tenant_id, server_id):
        return _registered(tenant_id, server_id)
    messages.error(request, " ".join(str(each) for each in form.errors.values()))
    return HttpResponseRedirect(reverse("console:server_edit", args=[tenant_id, server_id]))


def sealed(typed: dict[str, Any]) -> dict[str, Any]:
    """A session is a row like any other: no token lies in it in the clear."""
    token = b64encode(encrypt(typed["token"].encode(), PLACE)).decode()
    return {**typed, "token": token}


def opened(typed: dict[str, Any]) -> dict[str, Any]:
    return {**typed, "token": decrypt(b64decode(typed["token"]), PLACE).decode()}


def _register(form: ServerFields, tenant_id: UUID) -> UUID | None:
    try:
        with acting(tenant_id=tenant_id):
            return register_server(form=form.typed(), at=now())
    except (BadServer, ServerNameTaken) as refused:
        explain(form, refused)
        return None


def _update(form: ServerFields, tenant_id: UUID, server_id: UUID) -> bool:
    try:
        with acting(tenant_id=tenant_id):
            update_server(server_id=server_id, form=form.typed(), at=now())
    except (BadServer, ServerNameTaken) as refused:
        explain(form, refused)
        return False
    return True


def explain(form: ServerFields, refused: BadServer | ServerNameTaken) -> None:
    form.add_error(getattr(refused, "field", "name"), str(refused))


def _registered(tenant_id: UUID, server_id: UUID) -> HttpResponse:
    """A saved server is asked who it is at once: its page waits for the answer."""
    url = reverse("console:server", args=[tenant_id, server_id])
    return HttpResponseRedirect(f"{url}?pedido={int(now().timestamp())}")


def _form_page(
    title: str, form: ServerFields, button: str, back: str, crumbs: list[Crumb]
) -> Page:
    body: list[Content] = [Card([parts.server_form(form, button, back)])]
    return Page(
        title,
        "console",
        body,
        lead=_("Ao salvar, o servidor é testado. O token fica cifrado e nunca é mostrado."),
        breadcrumbs=crumbs,
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("servidores/novo/", server_new, name="server_new"),
    path(
        "empresas/<uuid:tenant_id>/servidores/<uuid:server_id>/editar/",
        server_edit,
        name="server_edit",
    ),
    path(
        "empresas/<uuid:tenant_id>/servidores/<uuid:server_id>/acesso/",
        server_access,
        name="server_access",
    ),
]
