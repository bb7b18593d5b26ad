"""The list of customers: who is on it, the views people keep of it, and the tiers to choose from."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.customers import permissions
from alicerce.apps.customers.queries.customers import customers as find_customers
from alicerce.apps.customers.queries.customers import tags_in_use, tiers
from alicerce.apps.customers.queries.exchange import views_of
from alicerce.apps.customers.services.keep_views import remove_view, save_view
from alicerce.apps.customers.web import asked, components
from alicerce.apps.customers.web.forms import ViewFields
from alicerce.apps.customers.web.tiers import tier_forms
from alicerce.apps.customers.web.tiers import urlpatterns as tier_urlpatterns
from alicerce.apps.customers.web.words import STATUS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect, FilterText, Form, form_fields
from alicerce.ui.layout import Fold, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

HOME = "workspace:customers"


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def customers(request: Request) -> HttpResponse:
    found = find_customers(asked.wanted_of(request.GET), before=said_id(request, "antes"))
    table = components.customers_table(
        found,
        shown=request.GET.get("colunas", ""),
        empty=_nobody(request),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    page = Page(
        _("Clientes"),
        "workspace",
        [_views(request), _filters(request), table, *_folds(request)],
        actions=_actions(request),
    )
    return render_page(request, page)


def _actions(request: Request) -> list[Content]:
    actions: list[Content] = []
    if permissions.EXPORT in request.permissions:
        hidden = {name: request.GET[name] for name in asked.NARROWING if name in request.GET}
        export = Button(_("Exportar CSV"), icon="download")
        actions.append(PostButton(export, reverse("workspace:customers_export_new"), hidden))
    if permissions.UPDATE in request.permissions:
        actions.append(LinkButton(_("Convidar"), _invite_url(request), icon="mail"))
    if permissions.CREATE in request.permissions:
        upload = reverse("workspace:customers_import_new")
        actions.append(LinkButton(_("Importar"), upload, icon="upload"))
        actions.append(_new_button())
    return actions


def _invite_url(request: Request) -> str:
    said = {name: request.GET[name] for name in asked.NARROWING if request.GET.get(name)}
    url = reverse("workspace:customers_invite")
    return f"{url}?{urlencode(said)}" if said else url


def _new_button() -> LinkButton:
    url = reverse("workspace:customer_new")
    return LinkButton(_("Novo cliente"), url, icon="plus", variant="primary")


def _nobody(request: Request) -> EmptyState:
    if asked.is_narrowed(request):
        return EmptyState(
            _("Nenhum cliente com estes filtros"),
            _("Busque pelo começo do nome, do e-mail, do documento ou do domínio."),
            LinkButton(_("Limpar filtros"), request.path),
            icon="search",
        )
    may_create = permissions.CREATE in request.permissions
    return EmptyState(
        _("Nenhum cliente ainda"),
        _("Quem faz um pedido aparece aqui. Você também pode cadastrar ou importar."),
        _new_button() if may_create else "",
        icon="users",
    )


def _filters(request: Request) -> Filters:
    said = request.GET
    statuses = [("", _("Qualquer situação")), *((k, s.words) for k, s in STATUS.items())]
    levels = [("", _("Qualquer nível")), *((str(t.id), t.name) for t in tiers())]
    words = [("", _("Qualquer etiqueta")), *((tag, tag) for tag in tags_in_use())]
    columns = [
        ("", _("Colunas: resumo")),
        ("contato", _("Colunas: contato")),
        ("cadastro", _("Colunas: cadastro")),
    ]
    return Filters(
        request.path,
        search=said.get("q", ""),
        search_label=_("Nome, e-mail, documento ou domínio"),
        texts=[FilterText("desde", _("Desde"), said.get("desde", ""), kind="date")],
        selects=[
            FilterSelect("situacao", _("Situação"), statuses, said.get("situacao", "")),
            FilterSelect("nivel", _("Nível"), levels, said.get("nivel", "")),
            FilterSelect("etiqueta", _("Etiqueta"), words, said.get("etiqueta", "")),
            FilterSelect("colunas", _("Colunas"), columns, said.get("colunas", "")),
        ],
    )


def _views(request: Request) -> Views:
    current = asked.kept_query(request.GET.urlencode())
    views = [View(_("Todos"), request.path, current=not current)]
    for view in views_of(asked.user_id(request)):
        url = f"{request.path}?{view.query}" if view.query else request.path
        views.append(View(view.name, url, current=bool(current) and view.query == current))
    return Views(views, _("Visões"))


def _folds(request: Request) -> list[Content]:
    folds: list[Content] = [
        Fold(_("Salvar esta visão"), [_view_form(request)], icon="star"),
        *_own_views(request),
    ]
    if permissions.UPDATE in request.permissions:
        folds.append(Fold(_("Níveis de cliente"), tier_forms(tiers()), icon="layers"))
    return folds


def _view_form(request: Request) -> Form:
    query = asked.kept_query(request.GET.urlencode())
    url = f"{reverse('workspace:customer_view_new')}?{query}"
    return Form(url, form_fields(ViewFields()), [Button(_("Salvar visão"))])


def _own_views(request: Request) -> list[Content]:
    mine = [
        view
        for view in views_of(asked.user_id(request))
        if view.owner_id == asked.user_id(request)
    ]
    url = reverse("workspace:customer_view_remove")
    buttons = [
        PostButton(
            Button(_("Apagar %(name)s") % {"name": view.name}, size="sm", variant="ghost"),
            url,
            {"id": str(view.id)},
        )
        for view in mine
    ]
    return [Fold(_("Minhas visões"), buttons, icon="trash-2")] if mine else []


@requires("workspace:enter")
@requires(permissions.READ)
@require_POST
def view_new(request: Request) -> HttpResponse:
    query = asked.kept_query(request.GET.urlencode())
    form = ViewFields(request.POST)
    if form.is_valid():
        save_view(user_id=asked.user_id(request), query=query, at=now(), **form.cleaned_data)
        messages.success(request, _("Visão salva."))
    return HttpResponseRedirect(f"{reverse(HOME)}?{query}" if query else reverse(HOME))


@requires("workspace:enter")
@requires(permissions.READ)
@require_POST
def view_remove(request: Request) -> HttpResponse:
    try:
        remove_view(
            view_id=UUID(request.POST.get("id", "")), user_id=asked.user_id(request), at=now()
        )
    except ValueError:
        messages.error(request, _("Esta visão não existe mais."))
    return HttpResponseRedirect(reverse(HOME))


urlpatterns = [
    path("clientes/", customers, name="customers"),
    path("clientes/visoes/", view_new, name="customer_view_new"),
    path("clientes/visoes/apagar/", view_remove, name="customer_view_remove"),
    *tier_urlpatterns,
]
