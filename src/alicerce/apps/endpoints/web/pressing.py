"""The buttons of an endpoint, and what each does."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.endpoints import permissions
from alicerce.apps.endpoints.errors import DeliveryStillOpen, EndpointIsDisabled
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.services.manage_endpoint import (
    disable_endpoint,
    enable_endpoint,
)
from alicerce.apps.endpoints.services.replay import replay_delivery, send_test
from alicerce.apps.endpoints.types import DeliveryView, EndpointView
from alicerce.apps.endpoints.web.editing import find
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.texts import Text


def buttons(endpoint: EndpointView) -> list[Content]:
    edit = LinkButton(_("Editar"), _url("webhook_edit", endpoint), icon="pencil")
    if not endpoint.is_enabled:
        on = Button(_("Ativar"), icon="check", variant="primary")
        return [edit, PostButton(on, _url("webhook_enable", endpoint)), _delete(endpoint)]
    return [
        PostButton(Button(_("Enviar teste"), icon="send"), _url("webhook_test", endpoint)),
        LinkButton(
            _("Reenviar o que falhou"), _url("webhook_replay", endpoint), icon="refresh-cw"
        ),
        edit,
        _rotate(endpoint),
        _disable(endpoint),
    ]


def replay_button(delivery: DeliveryView) -> PostButton:
    url = reverse("workspace:webhook_delivery_replay", args=[delivery.id])
    return PostButton(Button(_("Reenviar"), icon="refresh-cw", variant="primary"), url)


def _rotate(endpoint: EndpointView) -> LinkButton:
    return LinkButton(_("Trocar segredo"), _url("webhook_rotate", endpoint), icon="key-round")


def _disable(endpoint: EndpointView) -> ConfirmDialog:
    return ConfirmDialog(
        "desativar",
        Button(_("Desativar"), icon="ban"),
        _("Desativar este endereço?"),
        [
            Text(
                _(
                    "O que espera na fila não será enviado. O que falhou pode ser reenviado depois."
                )
            )
        ],
        _("Desativar"),
        _url("webhook_disable", endpoint),
    )


def _delete(endpoint: EndpointView) -> LinkButton:
    return LinkButton(
        _("Excluir"), _url("webhook_delete", endpoint), icon="trash-2", variant="danger"
    )


def _url(name: str, endpoint: EndpointView) -> str:
    return reverse(f"workspace:{name}", args=[endpoint.id])


def _back(endpoint_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:webhook", args=[endpoint_id]))


def _press(request: Request, endpoint_id: UUID, do: Callable[[], str]) -> HttpResponse:
    find(endpoint_id)
    try:
        messages.success(request, do())
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(endpoint_id)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def webhook_test(request: Request, endpoint_id: UUID) -> HttpResponse:
    def do() -> str:
        send_test(endpoint_id=endpoint_id, at=wall())
        return _("Um evento de teste está a caminho.")

    return _press(request, endpoint_id, do)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def webhook_enable(request: Request, endpoint_id: UUID) -> HttpResponse:
    def do() -> str:
        enable_endpoint(endpoint_id=endpoint_id, at=wall())
        return _("Endereço ativado.")

    return _press(request, endpoint_id, do)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def webhook_disable(request: Request, endpoint_id: UUID) -> HttpResponse:
    def do() -> str:
        disable_endpoint(endpoint_id=endpoint_id, at=wall())
        return _("Endereço desativado.")

    return _press(request, endpoint_id, do)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def webhook_delivery_replay(request: Request, delivery_id: UUID) -> HttpResponse:
    if queries.delivery(delivery_id) is None:
        raise Http404
    try:
        replay_delivery(delivery_id=delivery_id, at=wall())
        messages.success(request, _("A entrega volta para a fila."))
    except (DeliveryStillOpen, EndpointIsDisabled) as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("workspace:webhook_delivery", args=[delivery_id]))


WEBHOOK = "desenvolvedores/webhooks/<uuid:endpoint_id>/"
urlpatterns = [
    path(f"{WEBHOOK}teste/", webhook_test, name="webhook_test"),
    path(f"{WEBHOOK}ativar/", webhook_enable, name="webhook_enable"),
    path(f"{WEBHOOK}desativar/", webhook_disable, name="webhook_disable"),
    path(
        "desenvolvedores/webhooks/entregas/<uuid:delivery_id>/reenviar/",
        webhook_delivery_replay,
        name="webhook_delivery_replay",
    ),
]
