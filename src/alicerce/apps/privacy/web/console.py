"""Requests about personal data in the operator's panel, due ones first."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.identity import public as identity
from alicerce.apps.privacy import permissions, queries
from alicerce.apps.privacy.services.ask import answer as answer_request
from alicerce.apps.privacy.web import components
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def requests(request: Request) -> HttpResponse:
    every = request.GET.get("visao") == "todos"
    found = queries.requests_everywhere(only_waiting=not every)
    people = {each: identity.person(each) for each in {row.user_id for row in found}}
    table = components.everywhere_table(
        found,
        names={each: person.name or person.email for each, person in people.items() if person},
        tenants=tenancy.tenant_names(),
        today=now().astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date(),
        may_answer=permissions.WRITE in request.permissions,
    )
    views = Views(
        [
            View(_("Em andamento"), here(request, visao=""), current=not every),
            View(_("Todos"), here(request, visao="todos"), current=every),
        ],
        _("Visões"),
    )
    page = Page(
        _("Privacidade"),
        "console",
        [views, table],
        lead=_("Pedidos de titulares de dados. A lei dá 15 dias para responder."),
    )
    return render_page(request, page)


@requires("platform:operate")
@requires(permissions.WRITE)
@require_POST
def answer(request: Request, tenant_id: UUID, request_id: UUID) -> HttpResponse:
    with acting(tenant_id=tenant_id):
        if queries.request(request_id) is None:
            raise Http404
        answer_request(request_id=request_id, at=now())
    messages.success(request, _("Pedido atendido."))
    return HttpResponseRedirect(reverse("console:privacy"))


urlpatterns = [
    path("privacidade/", requests, name="privacy"),
    path(
        "empresas/<uuid:tenant_id>/privacidade/<uuid:request_id>/atender/",
        answer,
        name="privacy_answer",
    ),
]
