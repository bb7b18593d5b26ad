"""A company's own servers, in its workspace: seen, added, changed, tested, closed and opened."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.errors import BadServer, ServerNameTaken
from alicerce.apps.hosting.queries.servers import (
    ServerRow,
    ca_pem_of,
    server_row,
    servers_of_company,
)
from alicerce.apps.hosting.services.accept_accounts import accept_accounts
from alicerce.apps.hosting.services.check_server import request_check
from alicerce.apps.hosting.services.register_server import register_server, update_server
from alicerce.apps.hosting.web import server_components as parts
from alicerce.apps.hosting.web.components import server_badge
from alicerce.apps.hosting.web.forms import ServerFields, initial_of
from alicerce.apps.hosting.web.packages import packages_section
from alicerce.apps.hosting.web.server_editing import (
    SECRETS,
    TELLS_WHO_ENTERS,
    explain,
    opened,
    sealed,
)
from alicerce.apps.hosting.web.servers import asked_at, watching
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

ADD, ACCESS = "server.adding_approved", "server.own_access_approved"


def _find(server_id: UUID) -> ServerRow:
    row = server_row(server_id)
    if row is None:
        raise Http404
    return row


def _trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Servidores"), reverse("workspace:servers")), *crumbs]


def _writes(request: Request) -> bool:
    return permissions.WRITE_SERVERS in request.permissions


@requires("workspace:enter")
@requires(permissions.READ_SERVERS)
@require_safe
def servers(request: Request) -> HttpResponse:
    found = servers_of_company()
    names = dict.fromkeys((one.tenant_id for one in found), tenancy.tenant_card().name)
    add = LinkButton(
        _("Adicionar servidor"), reverse("workspace:server_new"), icon="plus", variant="primary"
    )
    nothing = EmptyState(
        _("Nenhum servidor ainda"),
        _("Adicione o primeiro: sem servidor, um pedido pago não tem onde entrar no ar."),
        add if _writes(request) else "",
        icon="server",
    )
    table = parts.servers_table(found, names, at=now(), empty=nothing, url_of=parts.own_url)
    page = Page(
        _("Servidores"),
        "workspace",
        [parts.stats(found), table],
        lead=_("Onde as contas são criadas. Novas contas vão para quem tem lugar na região."),
        actions=[add] if _writes(request) else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ_SERVERS)
@require_safe
def server(request: Request, server_id: UUID) -> HttpResponse:
    row, at, asked = _find(server_id), now(), asked_at(request)
    card = parts.connection_card(row, parts.connection(row, asked=asked, at=at))
    pace = watching(parts.is_waiting(row, asked=asked, at=at))
    region = LiveRegion("conexao", request.get_full_path(), pace, [card])
    side = parts.place_card(row, tenancy.tenant_card().name)
    check_url = parts.own_url(row, "server_check") if _writes(request) else ""
    body = Columns(
        [region, parts.capacity_card(row), packages_section(row, check_url=check_url)],
        [side],
        side_label=_("Lugar"),
        side_first=False,
    )
    page = Page(
        row.name,
        "workspace",
        [body],
        badge=server_badge(row, at=at),
        breadcrumbs=_trail(Crumb(row.name)),
        actions=parts.actions(row, parts.own_url) if _writes(request) else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.WRITE_SERVERS)
@require_POST
def check(request: Request, server_id: UUID) -> HttpResponse:
    _find(server_id)
    request_check(server_id=server_id, at=now().replace(microsecond=0))
    return _asked(server_id)


@requires("workspace:enter")
@requires(permissions.WRITE_SERVERS)
@require_POST
def accept(request: Request, server_id: UUID) -> HttpResponse:
    row, accepting = _find(server_id), request.POST.get("accepting") == "yes"
    accept_accounts(server_id=server_id, accepting=accepting, at=now())
    words = _("%s aceita novas contas.") if accepting else _("%s não recebe novas contas.")
    messages.success(request, words % row.name)
    return HttpResponseRedirect(parts.own_url(row))


@requires("workspace:enter")
@requires(permissions.WRITE_SERVERS)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters(*SECRETS)
def server_new(request: Request) -> HttpResponse:
    form = ServerFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(request, ADD, typed=sealed(request.POST.dict()))
        return HttpResponseRedirect(reverse("workspace:server_add"))
    title = _("Adicionar servidor")
    back = reverse("workspace:servers")
    return _form_page(request, form, title, title, back)


def _new(request: Request) -> ServerFields:
    form = ServerFields(opened(kept(request, ADD)))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_adding(request: Request) -> Foreseen:
    wanted = _new(request).typed()
    return Foreseen(
        title=_("Adicionar servidor"),
        facts=[
            (_("Servidor"), wanted.name),
            (_("Endereço do WHM"), wanted.base_url),
            (_("Usuário do WHM"), wanted.username),
            (_("Token da API"), _("Cifrado, nunca mostrado")),
            (_("Depois"), _("O servidor é testado e passa a receber contas.")),
        ],
        button=_("Adicionar servidor"),
        entity="server",
        back=reverse("workspace:server_new"),
    )


@requires("workspace:enter")
@sensitive(ADD, permission=permissions.WRITE_SERVERS, foresee=_foresee_adding)
def server_add(request: Request) -> HttpResponseBase:
    form = _new(request)
    drop(request, ADD)
    try:
        server_id = register_server(form=form.typed(), at=now())
    except (BadServer, ServerNameTaken) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:server_new"))
    return _asked(server_id)


@requires("workspace:enter")
@requires(permissions.WRITE_SERVERS)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters(*SECRETS)
def server_edit(request: Request, server_id: UUID) -> HttpResponse:
    row = _find(server_id)
    form = _fields(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if TELLS_WHO_ENTERS & set(form.changed_data):
            keep(request, ACCESS, about=server_id, typed=sealed(request.POST.dict()))
            return HttpResponseRedirect(reverse("workspace:server_access", args=[server_id]))
        if _update(form, server_id):
            return _asked(server_id)
    title, back = _("Editar %(name)s") % {"name": row.name}, parts.own_url(row)
    return _form_page(request, form, title, _("Salvar servidor"), back)


def _fields(row: ServerRow, typed: object) -> ServerFields:
    return ServerFields(typed, initial=initial_of(row, ca_pem=ca_pem_of(row.id)), server=row)


def _waiting(request: Request, row: ServerRow) -> ServerFields:
    form = _fields(row, opened(kept(request, ACCESS, about=row.id)))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_access(request: Request, server_id: UUID) -> Foreseen:
    row = _find(server_id)
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
        back=reverse("workspace:server_edit", args=[server_id]),
    )


@requires("workspace:enter")
@sensitive(ACCESS, permission=permissions.WRITE_SERVERS, foresee=_foresee_access)
def server_access(request: Request, server_id: UUID) -> HttpResponseBase:
    form = _waiting(request, _find(server_id))
    drop(request, ACCESS)
    if _update(form, server_id):
        return _asked(server_id)
    messages.error(request, " ".join(str(each) for each in form.errors.values()))
    return HttpResponseRedirect(reverse("workspace:server_edit", args=[server_id]))


def _update(form: ServerFields, server_id: UUID) -> bool:
    try:
        update_server(server_id=server_id, form=form.typed(), at=now())
    except (BadServer, ServerNameTaken) as refused:
        explain(form, refused)
        return False
    return True


def _asked(server_id: UUID) -> HttpResponseRedirect:
    """Its page waits for what the server answers."""
    url = reverse("workspace:server", args=[server_id])
    return HttpResponseRedirect(f"{url}?pedido={int(now().timestamp())}")


def _form_page(
    request: Request,
    form: ServerFields,
    title: str,
    button: str,
    back: str,
) -> HttpResponse:
    page = Page(
        title,
        "workspace",
        [Card([parts.server_form(form, button, back)])],
        lead=_("Ao salvar, o servidor é testado. O token fica cifrado e nunca é mostrado."),
        breadcrumbs=_trail(Crumb(title)),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


SERVER = "servidores/<uuid:server_id>/"
urlpatterns = [
    path("servidores/", servers, name="servers"),
    path("servidores/novo/", server_new, name="server_new"),
    path("servidores/novo/confirmar/", server_add, name="server_add"),
    path(SERVER, server, name="server"),
    path(f"{SERVER}editar/", server_edit, name="server_edit"),
    path(f"{SERVER}acesso/", server_access, name="server_access"),
    path(f"{SERVER}testar/", check, name="server_check"),
    path(f"{SERVER}contas/", accept, name="server_accept"),
]
