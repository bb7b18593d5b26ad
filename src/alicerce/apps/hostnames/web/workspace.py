"""A company's own host names, in its workspace."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.hostnames import permissions
from alicerce.apps.hostnames.queries.names import find_host_name, host_names
from alicerce.apps.hostnames.services import attach as services
from alicerce.apps.hostnames.types import NameView
from alicerce.apps.hostnames.web import components as parts
from alicerce.apps.hostnames.web.forms import HostNameForm
from alicerce.apps.hostnames.web.words import STATES
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge

REFRESH = 10


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def names(request: Request) -> HttpResponse:
    return render_page(request, _page(request, HostNameForm()))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def attach(request: Request) -> HttpResponse:
    form = HostNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_id = services.attach_host_name(typed=form.cleaned_data["domain"], at=now())
        except Refused as refused:
            form.add_error("domain", str(refused))
        else:
            messages.success(request, _("Agora crie os registros de DNS; nós os procuramos."))
            return HttpResponseRedirect(reverse("workspace:host_name", args=[name_id]))
    return render_page(request, _page(request, form))


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def name(request: Request, host_name_id: UUID) -> HttpResponse:
    found = _find(host_name_id)
    body: list[Content] = parts.trouble(found)
    facts = parts.facts_card(found)
    if found.state.is_open:
        records = parts.records_card(found.records)
        body.append(Columns([records], [facts], side_label=_("Sobre o endereço")))
    else:
        body.append(facts)
    page = Page(
        display_domain(found.domain),
        "workspace",
        body,
        badge=badge(STATES, found.state),
        breadcrumbs=_trail(found),
        actions=parts.name_actions(found) if permissions.WRITE in request.permissions else [],
        refresh=REFRESH if found.state.is_open and not found.state.leads_here else 0,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def look(request: Request, host_name_id: UUID) -> HttpResponse:
    def do() -> str:
        services.look_again(name_id=host_name_id, at=now())
        return _("Perguntamos ao DNS; a resposta aparece aqui.")

    return _pressed(request, host_name_id, do)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def put_first(request: Request, host_name_id: UUID) -> HttpResponse:
    def do() -> str:
        services.put_first(name_id=host_name_id, at=now())
        return _("Os links das cartas e páginas começam por este endereço.")

    return _pressed(request, host_name_id, do)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def put_back(request: Request, host_name_id: UUID) -> HttpResponse:
    def do() -> str:
        services.put_back(name_id=host_name_id, at=now())
        return _("Os links voltam a começar pelo endereço da plataforma.")

    return _pressed(request, host_name_id, do)


def _foresee_detachment(request: Request, host_name_id: UUID) -> Foreseen:
    found = _find(host_name_id)
    if not found.state.is_open:
        raise Http404
    after = _("O nome deixa de levar à empresa já na próxima visita; quem entrou por ele sai.")
    if found.is_primary:
        after += " " + _("Os links voltam a começar pelo endereço da plataforma.")
    return Foreseen(
        title=_("Desligar endereço"),
        facts=[
            (_("Nome"), display_domain(found.domain)),
            (_("Depois"), after),
            (_("No DNS"), _("Apague o CNAME: um nome que aponta para cá sem dono é um risco.")),
        ],
        button=_("Desligar endereço"),
        entity="host_name",
        entity_id=host_name_id,
        name=found.domain,
        back=parts.name_url(found),
    )


@requires("workspace:enter")
@sensitive(
    "host_name.detachment_approved",
    permission=permissions.WRITE,
    foresee=_foresee_detachment,
    destroys=True,
)
def detach(request: Request, host_name_id: UUID) -> HttpResponseBase:
    services.detach_host_name(name_id=host_name_id, at=now())
    messages.success(request, _("O endereço foi desligado."))
    return HttpResponseRedirect(reverse("workspace:host_names"))


def _pressed(request: Request, host_name_id: UUID, do: Callable[[], str]) -> HttpResponse:
    found = _find(host_name_id)
    try:
        messages.success(request, do())
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(parts.name_url(found))


def _find(host_name_id: UUID) -> NameView:
    found = find_host_name(host_name_id)
    if found is None:
        raise Http404
    return found


def _page(request: Request, form: HostNameForm) -> Page:
    body: list[Content] = [parts.names_table(host_names())]
    if permissions.WRITE in request.permissions:
        body.append(_form(form))
    return Page(
        _("Endereços próprios"),
        "workspace",
        body,
        lead=_("Nomes de domínios seus que levam à loja e à área do cliente da empresa."),
        status=422 if form.errors else 200,
    )


def _form(form: HostNameForm) -> Card:
    attach_url = reverse("workspace:host_name_new")
    ask = Form(
        attach_url,
        form_fields(form),
        [Button(_("Ligar nome"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    return Card([ask], title=_("Ligar um nome"))


def _trail(found: NameView) -> list[Crumb]:
    first = Crumb(_("Endereços próprios"), reverse("workspace:host_names"))
    return [first, Crumb(display_domain(found.domain))]


NAME = "empresa/enderecos/<uuid:host_name_id>/"
urlpatterns = [
    path("empresa/enderecos/", names, name="host_names"),
    path("empresa/enderecos/novo/", attach, name="host_name_new"),
    path(NAME, name, name="host_name"),
    path(f"{NAME}conferir/", look, name="host_name_look"),
    path(f"{NAME}primeiro/", put_first, name="host_name_first"),
    path(f"{NAME}voltar/", put_back, name="host_name_back"),
    path(f"{NAME}desligar/", detach, name="host_name_detach"),
]
