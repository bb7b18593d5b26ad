"""An endpoint's secret is exchanged, and an endpoint goes with it: each proven, seen once more, done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.endpoints import permissions
from alicerce.apps.endpoints.services.manage_endpoint import delete_endpoint, rotate_secret
from alicerce.apps.endpoints.web import components as parts
from alicerce.apps.endpoints.web.editing import find, secret_page
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.page import render_page

ROTATE, DELETE = "endpoint.rotation_approved", "endpoint.deletion_approved"


def _foresee_rotation(request: Request, endpoint_id: UUID) -> Foreseen:
    endpoint = find(endpoint_id)
    return Foreseen(
        title=_("Trocar segredo"),
        facts=[
            (_("Endereço"), endpoint.url),
            (
                _("Depois"),
                _("Por 24 horas as mensagens levam as duas assinaturas; depois, só a nova."),
            ),
        ],
        button=_("Trocar segredo"),
        entity="endpoint",
        entity_id=endpoint_id,
        back=parts.endpoint_url(endpoint),
    )


@requires("workspace:enter")
@sensitive(ROTATE, permission=permissions.WRITE, foresee=_foresee_rotation)
def webhook_rotate(request: Request, endpoint_id: UUID) -> HttpResponseBase:
    endpoint = find(endpoint_id)
    secret = rotate_secret(endpoint_id=endpoint_id, at=wall())
    return render_page(request, secret_page(endpoint, secret))


def _foresee_deletion(request: Request, endpoint_id: UUID) -> Foreseen:
    endpoint = find(endpoint_id)
    return Foreseen(
        title=_("Excluir endereço"),
        facts=[
            (_("Endereço"), endpoint.url),
            (
                _("Depois"),
                _("O segredo e as entregas dele somem; os eventos continuam no registro."),
            ),
        ],
        button=_("Excluir endereço"),
        entity="endpoint",
        entity_id=endpoint_id,
        back=parts.endpoint_url(endpoint),
    )


@requires("workspace:enter")
@sensitive(DELETE, permission=permissions.WRITE, foresee=_foresee_deletion)
def webhook_delete(request: Request, endpoint_id: UUID) -> HttpResponseBase:
    delete_endpoint(endpoint_id=find(endpoint_id).id, at=wall())
    messages.success(request, _("Endereço excluído."))
    return HttpResponseRedirect(reverse("workspace:webhooks"))


WEBHOOK = "desenvolvedores/webhooks/<uuid:endpoint_id>/"
urlpatterns = [
    path(f"{WEBHOOK}segredo/", webhook_rotate, name="webhook_rotate"),
    path(f"{WEBHOOK}excluir/", webhook_delete, name="webhook_delete"),
]
