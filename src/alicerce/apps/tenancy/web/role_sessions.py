"""How long the sessions of a role last: shorter than everybody's, if the company wants it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.rules import may_bestow
from alicerce.apps.tenancy.services import roles as services
from alicerce.apps.tenancy.types import RoleView, SessionMinutes
from alicerce.apps.tenancy.web import role_components as parts
from alicerce.apps.tenancy.web.forms import RoleSessionsForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.apps.tenancy.web.team import crumbs
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

CHANGE = "role.sessions_approved"


@requires(permissions.WORKSPACE)
@requires(permissions.ROLES_WRITE)
@require_http_methods(["GET", "POST"])
def role_sessions(request: Request, key: str) -> HttpResponse:
    found = _found(request, key)
    now_held = {"idle": found.sessions.idle, "absolute": found.sessions.absolute}
    form = RoleSessionsForm(request.POST or None, initial=now_held)
    if request.method == "POST" and form.is_valid():
        keep(request, CHANGE, about=key, typed=form.cleaned_data)
        return HttpResponseRedirect(reverse("workspace:role_sessions_change", args=[key]))
    title = _("Sessões deste papel")
    back = reverse("workspace:role", args=[key])
    page = Page(
        title,
        "workspace",
        [Card([one_form(form, _("Conferir mudança"), back=back)])],
        lead=_("Vale o mais curto: o do papel, o da empresa ou o da plataforma."),
        breadcrumbs=crumbs(
            Crumb(_("Papéis"), reverse("workspace:roles")),
            Crumb(found.name, back),
            Crumb(title),
        ),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee(request: Request, key: str) -> Foreseen:
    found, wanted = _found(request, key), _wanted(request, key)
    return Foreseen(
        title=_("Mudar as sessões do papel %(name)s") % {"name": found.name},
        facts=[
            (_("Parada"), parts.rest(wanted.idle)),
            (_("Ao todo"), parts.rest(wanted.absolute)),
            (_("Pessoas com este papel"), found.members),
        ],
        button=_("Salvar sessões"),
        entity="role",
        back=reverse("workspace:role", args=[key]),
    )


@requires(permissions.WORKSPACE)
@sensitive(CHANGE, permission=permissions.ROLES_WRITE, foresee=_foresee)
def role_sessions_change(request: Request, key: str) -> HttpResponseBase:
    wanted = _wanted(request, key)
    with explained(request, _("As sessões do papel mudaram, e já vale.")):
        services.limit_role(key=key, sessions=wanted, by=_me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:role", args=[key]))


def _wanted(request: Request, key: str) -> SessionMinutes:
    return SessionMinutes(**kept(request, CHANGE, about=key))


def _found(request: Request, key: str) -> RoleView:
    found = queries.role_of(key)
    if found is None or not may_bestow(request.permissions, found.permissions):
        raise Http404
    return found


def _me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


urlpatterns = [
    path("equipe/papeis/<str:key>/sessoes/", role_sessions, name="role_sessions"),
    path(
        "equipe/papeis/<str:key>/sessoes/confirmar/",
        role_sessions_change,
        name="role_sessions_change",
    ),
]
