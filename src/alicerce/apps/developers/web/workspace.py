"""Keys of the API and what they did, in the company's workspace."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.developers import permissions, queries
from alicerce.apps.developers.types import ANYTHING, KeyStatus, KeyView, Sought
from alicerce.apps.developers.web import components as parts
from alicerce.apps.developers.web import key_changes
from alicerce.apps.developers.web.forms import KeyForm, RotationForm
from alicerce.apps.developers.web.key_changes import find, trail
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import keep, kept
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Columns, Crumb, Stack
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

PAGE = queries.PAGE


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def api_keys(request: Request) -> HttpResponse:
    found = queries.keys(at=now(), before=said_id(request, "antes"), limit=PAGE + 1)
    table = parts.keys_table(
        found[:PAGE],
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Desenvolvedores"),
        "workspace",
        [table],
        lead=_("Chaves com que programas usam a API em nome da empresa."),
        actions=_ways(request),
    )
    return render_page(request, page)


def _ways(request: Request) -> list[Content]:
    ways: list[Content] = [
        LinkButton(_("Comece aqui"), reverse("docs:start"), icon="book-open"),
        LinkButton(_("Chamadas"), reverse("workspace:api_calls"), icon="history"),
    ]
    if permissions.SANDBOX in request.permissions:
        ways.append(
            LinkButton(_("Ambiente de testes"), reverse("workspace:sandbox"), icon="clock")
        )
    if permissions.WRITE in request.permissions:
        ways.append(parts.new_key_button())
    return ways


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def api_calls(request: Request) -> HttpResponse:
    typed, sought = request.GET.get("pedido", "").strip(), _sought(request)
    found = queries.calls(sought, before=said_id(request, "antes"), limit=PAGE + 1)
    if typed and not sought.request_id:
        found = []
    table = parts.calls_table(
        found[:PAGE],
        is_sought=bool(typed) or sought != ANYTHING,
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Chamadas"),
        "workspace",
        [parts.calls_filters(request.path, sought, typed, queries.keys(at=now())), table],
        lead=_("O que foi pedido e como foi respondido, sem o conteúdo, por 30 dias."),
        breadcrumbs=trail(Crumb(_("Chamadas"))),
    )
    return render_page(request, page)


def _sought(request: Request) -> Sought:
    return Sought(
        key_id=said_id(request, "chave"),
        refused=request.GET.get("resposta") == "recusadas",
        request_id=said_id(request, "pedido"),
    )


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def api_key_new(request: Request) -> HttpResponse:
    typed = kept(request, key_changes.MAKE) if key_changes.AGAIN in request.GET else None
    form = KeyForm(request.POST or None, initial=typed, held=request.permissions)
    if request.method == "POST" and form.is_valid():
        keep(request, key_changes.MAKE, typed=request.POST.dict())
        return HttpResponseRedirect(reverse("workspace:api_key_make"))
    page = Page(
        _("Criar chave"),
        "workspace",
        [Card([parts.key_form(form)])],
        breadcrumbs=trail(Crumb(_("Criar chave"))),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def api_key(request: Request, key_id: UUID) -> HttpResponse:
    return _key_page(request, find(key_id), RotationForm())


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def api_key_rotate(request: Request, key_id: UUID) -> HttpResponse:
    key, form = find(key_id), RotationForm(request.POST)
    if not form.is_valid():
        return _key_page(request, key, form)
    keep(request, key_changes.ROTATE, about=key_id, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("workspace:api_key_exchange", args=[key_id]))


def _key_page(request: Request, key: KeyView, form: RotationForm) -> HttpResponse:
    writes = permissions.WRITE in request.permissions and key.status is KeyStatus.LIVE
    calls = LinkButton(
        _("Chamadas"), f"{reverse('workspace:api_calls')}?chave={key.id}", icon="history"
    )
    body = Stack([parts.rotation_card(key, form)] if writes else [calls])
    page = Page(
        key.name,
        "workspace",
        [Columns([body], [parts.key_facts(key)], side_label=_("Sobre a chave"))],
        badge=parts.status_badge(key),
        breadcrumbs=trail(Crumb(key.name)),
        actions=[calls, parts.revoke_button(key)] if writes else [],
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


urlpatterns = [
    path("desenvolvedores/", api_keys, name="api_keys"),
    path("desenvolvedores/chamadas/", api_calls, name="api_calls"),
    path("desenvolvedores/chaves/nova/", api_key_new, name="api_key_new"),
    path("desenvolvedores/chaves/<uuid:key_id>/", api_key, name="api_key"),
    path("desenvolvedores/chaves/<uuid:key_id>/trocar/", api_key_rotate, name="api_key_rotate"),
    *key_changes.urlpatterns,
]
