"""Sending again what an endpoint did not take, since a day."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alicerce.apps.endpoints import permissions
from alicerce.apps.endpoints.errors import EndpointIsDisabled
from alicerce.apps.endpoints.services.replay import replay_failed
from alicerce.apps.endpoints.types import Replayed
from alicerce.apps.endpoints.web import components as parts
from alicerce.apps.endpoints.web.editing import find, trail
from alicerce.apps.endpoints.web.forms import SinceFields
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def webhook_replay(request: Request, endpoint_id: UUID) -> HttpResponse:
    endpoint, at = find(endpoint_id), wall()
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    form = SinceFields(request.POST if request.method == "POST" else None, zone=zone, at=at)
    back = parts.endpoint_url(endpoint)
    if form.is_valid():
        try:
            replayed = replay_failed(endpoint_id=endpoint_id, since=form.since(), at=at)
        except EndpointIsDisabled as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _said(replayed))
        return HttpResponseRedirect(back)
    title = _("Reenviar o que falhou")
    actions = [Button(_("Reenviar"), variant="primary"), LinkButton(_("Cancelar"), back)]
    page = Page(
        title,
        "workspace",
        [Card([Form("", form_fields(form), actions, FormErrors(form) if form.errors else "")])],
        lead=_("As entregas em que desistimos voltam para a fila, com o mesmo webhook-id."),
        breadcrumbs=trail(Crumb(endpoint.url, back), Crumb(title)),
        status=422 if form.errors else 200,
        width="narrow",
    )
    return render_page(request, page)


def _said(replayed: Replayed) -> str:
    count, left = replayed.count, replayed.left
    said = ngettext(
        "%(count)s entrega volta para a fila.",
        "%(count)s entregas voltam para a fila.",
        count,
    ) % {"count": count}
    if not left:
        return said
    rest = ngettext("Falta %(left)s: peça de novo.", "Faltam %(left)s: peça de novo.", left) % {
        "left": left
    }
    return f"{said} {rest}"


urlpatterns = [
    path(
        "desenvolvedores/webhooks/<uuid:endpoint_id>/reenviar/",
        webhook_replay,
        name="webhook_replay",
    ),
]
