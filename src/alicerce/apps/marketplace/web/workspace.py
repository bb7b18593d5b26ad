"""Apps in the company's workspace: those it publishes, and those it let in."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.marketplace import permissions
from alicerce.apps.marketplace.queries import lists
from alicerce.apps.marketplace.types import ApplicationKind, ApplicationView
from alicerce.apps.marketplace.web import authorizing, changes
from alicerce.apps.marketplace.web import components as parts
from alicerce.apps.marketplace.web.changes import find, find_installation, trail
from alicerce.apps.marketplace.web.forms import (
    ApplicationFields,
    NewApplicationFields,
    RotationForm,
    initial_of,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import keep
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Columns, Crumb, Stack
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

PAGE = lists.PAGE


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def applications(request: Request) -> HttpResponse:
    found = lists.installations(before=said_id(request, "antes"), limit=PAGE + 1)
    installed = parts.installed_section(
        found[:PAGE],
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Aplicativos"),
        "workspace",
        [Stack([installed, parts.published_section(lists.applications())])],
        lead=_("Programas de outras empresas que usam a API aqui, e os que esta publica."),
        actions=_ways(request),
    )
    return render_page(request, page)


def _ways(request: Request) -> list[Content]:
    ways: list[Content] = [
        LinkButton(_("Como funciona"), reverse("docs:apps"), icon="book-open")
    ]
    if permissions.WRITE in request.permissions:
        ways.append(parts.new_button())
    return ways


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def application_new(request: Request) -> HttpResponse:
    form = NewApplicationFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(request, changes.REGISTER, typed=_typed(request))
        return HttpResponseRedirect(reverse("workspace:application_register"))
    title = _("Registrar aplicativo")
    back = reverse("workspace:applications")
    return _form_page(request, form, title, title, back)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def application_edit(request: Request, application_id: UUID) -> HttpResponse:
    app = find(application_id)
    form = ApplicationFields(request.POST or None, initial=initial_of(app))
    if request.method == "POST" and form.is_valid():
        keep(request, changes.CHANGE, about=application_id, typed=_typed(request))
        url = reverse("workspace:application_change", args=[application_id])
        return HttpResponseRedirect(url)
    back = parts.application_url(application_id)
    return _form_page(request, form, _("Editar aplicativo"), _("Salvar aplicativo"), back)


def _typed(request: Request) -> dict[str, object]:
    """As the form reads it again: what takes many values keeps them all."""
    return {**request.POST.dict(), "scopes": request.POST.getlist("scopes")}


def _form_page(
    request: Request, form: ApplicationFields, title: str, button: str, back: str
) -> HttpResponse:
    page = Page(
        title,
        "workspace",
        [Card([parts.application_form(form, button, back)])],
        breadcrumbs=trail(Crumb(title)),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def application(request: Request, application_id: UUID) -> HttpResponse:
    return _application_page(request, find(application_id), RotationForm())


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def application_rotate(request: Request, application_id: UUID) -> HttpResponse:
    app, form = find(application_id), RotationForm(request.POST)
    if not form.is_valid():
        return _application_page(request, app, form)
    keep(request, changes.ROTATE, about=application_id, typed=form.cleaned_data)
    url = reverse("workspace:application_exchange", args=[application_id])
    return HttpResponseRedirect(url)


def _application_page(
    request: Request, app: ApplicationView, form: RotationForm
) -> HttpResponse:
    writes = permissions.WRITE in request.permissions
    main: list[Content] = [
        parts.returns_card(app),
        parts.scopes_card(app.scopes, _("O que pode pedir")),
    ]
    if app.kind is ApplicationKind.CONFIDENTIAL:
        secrets = lists.live_secrets(app.id, at=now())
        main.append(parts.secrets_card(app, secrets, form if writes else None))
    page = Page(
        app.name,
        "workspace",
        [
            Columns(
                [Stack(main)],
                [parts.application_facts(app)],
                side_label=_("Sobre o aplicativo"),
            )
        ],
        breadcrumbs=trail(Crumb(app.name)),
        actions=_changes(app) if writes else [],
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _changes(app: ApplicationView) -> list[Content]:
    edit = reverse("workspace:application_edit", args=[app.id])
    withdraw = reverse("workspace:application_withdraw", args=[app.id])
    return [
        LinkButton(_("Editar"), edit, icon="pencil"),
        LinkButton(_("Apagar aplicativo"), withdraw, variant="danger"),
    ]


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def installation(request: Request, installation_id: UUID) -> HttpResponse:
    one = find_installation(installation_id)
    ways: list[Content] = []
    if "keys:read" in request.permissions:
        calls = f"{reverse('workspace:api_calls')}?chave={one.application_id}"
        ways.append(LinkButton(_("Chamadas"), calls, icon="history"))
    if one.is_live and permissions.INSTALL in request.permissions:
        remove = reverse("workspace:installation_remove", args=[one.id])
        ways.append(LinkButton(_("Remover aplicativo"), remove, variant="danger"))
    page = Page(
        one.name,
        "workspace",
        [
            Columns(
                [parts.scopes_card(one.scopes, _("O que pode fazer aqui"))],
                [parts.installation_facts(one)],
                side_label=_("Sobre a instalação"),
            )
        ],
        badge=parts.installation_badge(one),
        breadcrumbs=trail(Crumb(one.name)),
        actions=ways,
    )
    return render_page(request, page)


APPS, APP = changes.APPS, changes.APP
urlpatterns = [
    path(APPS, applications, name="applications"),
    path(f"{APPS}novo/", application_new, name="application_new"),
    path(APP, application, name="application"),
    path(f"{APP}editar/", application_edit, name="application_edit"),
    path(f"{APP}segredo/", application_rotate, name="application_rotate"),
    path(f"{APPS}instalados/<uuid:installation_id>/", installation, name="installation"),
    *changes.urlpatterns,
    *authorizing.workspace_urlpatterns,
]
