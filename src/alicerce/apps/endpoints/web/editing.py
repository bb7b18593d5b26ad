"""Adding and changing an endpoint, and the one time its secret is shown."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.endpoints import permissions
from alicerce.apps.endpoints.errors import AddressNotAllowed, TooManyEndpoints, UnknownEventType
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.services.manage_endpoint import (
    create_endpoint,
    update_endpoint,
)
from alicerce.apps.endpoints.types import EndpointView
from alicerce.apps.endpoints.web import components as parts
from alicerce.apps.endpoints.web.forms import EndpointFields, families, initial_of
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.errors import Refused
from alicerce.kernel.ids import rehearses
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.copying import CopyBox
from alicerce.ui.forms import CheckList, Form, FormErrors, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

REFUSALS = (AddressNotAllowed, TooManyEndpoints, UnknownEventType)


def find(endpoint_id: UUID) -> EndpointView:
    """The endpoint of this company; a page that is not there otherwise."""
    found = queries.endpoint(endpoint_id)
    if found is None:
        raise Http404
    return found


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Webhooks"), reverse("workspace:webhooks")), *crumbs]


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def webhook_new(request: Request) -> HttpResponse:
    form = EndpointFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint_id, secret = create_endpoint(form=form.typed(), at=wall())
        except REFUSALS as refused:
            _explain(form, refused)
        else:
            return render_page(request, secret_page(find(endpoint_id), secret))
    title, back = _("Adicionar endereço"), reverse("workspace:webhooks")
    return render_page(request, _form_page(form, title, title, back, trail(Crumb(title))))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def webhook_edit(request: Request, endpoint_id: UUID) -> HttpResponse:
    endpoint = find(endpoint_id)
    form = EndpointFields(request.POST or None, initial=initial_of(endpoint))
    back = parts.endpoint_url(endpoint)
    if request.method == "POST" and form.is_valid():
        try:
            update_endpoint(endpoint_id=endpoint_id, form=form.typed(), at=wall())
        except REFUSALS as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Endereço salvo."))
            return HttpResponseRedirect(back)
    crumbs = trail(Crumb(endpoint.url, back), Crumb(_("Editar")))
    page = _form_page(form, _("Editar endereço"), _("Salvar endereço"), back, crumbs)
    return render_page(request, page)


def _explain(form: EndpointFields, refused: Refused) -> None:
    fields = {AddressNotAllowed: "url", UnknownEventType: "types"}
    form.add_error(fields.get(type(refused)), str(refused))


def _form_page(
    form: EndpointFields, title: str, button: str, back: str, crumbs: list[Crumb]
) -> Page:
    fields: list[Content] = [
        form_field(form["url"]),
        form_field(form["description"]),
        *_events(form),
        form_field(form["is_ordered"]),
    ]
    actions = [Button(button, variant="primary"), LinkButton(_("Cancelar"), back)]
    body = Form("", fields, actions, FormErrors(form) if form.errors else "")
    return Page(
        title,
        "workspace",
        [Card([body])],
        lead=_lead(),
        breadcrumbs=crumbs,
        status=422 if form.errors else 200,
    )


def _lead() -> str:
    """Whose facts it hears."""
    if rehearses(current_tenant_id()):
        return _("Ouve o ambiente de testes, e nada da empresa de verdade.")
    return _(
        "Ouve a empresa de verdade. O ambiente de testes se ouve por um endereço registrado no "
        "espaço de trabalho de lá, ou pela API com uma chave sk_test_."
    )


def _events(form: EndpointFields) -> list[Content]:
    everything, *others = families(form)
    error = " ".join(str(error) for error in form["types"].errors)
    return [
        CheckList(form["types"].label, everything[1], error=error),
        *(CheckList(family, options, span=3) for family, options in others),
    ]


def secret_page(endpoint: EndpointView, secret: str) -> Page:
    """The answer to the very request that made it: there is no address that shows it again."""
    url = parts.endpoint_url(endpoint)
    note = Note(
        "warn",
        _("Guarde-o agora no seu sistema: ele confere a assinatura de cada mensagem."),
        title=_("Este segredo não será mostrado de novo."),
    )
    return Page(
        _("Segredo do endereço"),
        "workspace",
        [
            Card(
                [note, CopyBox(secret, _("Copiar segredo"))],
                footer=[LinkButton(_("Já guardei"), url, icon="check")],
            )
        ],
        lead=endpoint.url,
        breadcrumbs=trail(Crumb(endpoint.url, url), Crumb(_("Segredo"))),
        width="narrow",
    )


urlpatterns = [
    path("desenvolvedores/webhooks/novo/", webhook_new, name="webhook_new"),
    path(
        "desenvolvedores/webhooks/<uuid:endpoint_id>/editar/", webhook_edit, name="webhook_edit"
    ),
]
