"""Where an app's user comes to let it into a company: look, choose the company, say yes or no.

A yes is proven in the workspace of the chosen company, like everything there that hands out power.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace import permissions, rules
from alicerce.apps.marketplace.services import oauth
from alicerce.apps.marketplace.types import Asked, Yes
from alicerce.apps.marketplace.web import consent_components as parts
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import Access, Standing
from alicerce.kernel.access import ACCOUNT, Request, View, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.page import render_page

INSTALL, TRY = "app.installation_approved", "app.trial_approved"
STEPS = {INSTALL: "workspace:app_install", TRY: "workspace:app_try"}
DENY = "negar"


class Elsewhere(HttpResponseRedirect):
    """To an app: its address was compared with those it registered, letter by letter."""

    allowed_schemes = ["https", "http"]


@requires(ACCOUNT)
@in_person
@require_http_methods(["GET", "POST"])
def authorize(request: Request) -> HttpResponse:
    """The person is known before anything is sent anywhere, so that no address of ours is bait."""
    if not tenancy.tenant_card().is_root:
        raise Http404
    try:
        wanted = _asked(request.META["QUERY_STRING"])
    except oauth.Unsound:
        return render_page(request, parts.unsound_page())
    except oauth.Refusal as refusal:
        return Elsewhere(refusal.location)
    if request.method == "POST":
        return _decide(request, wanted)
    companies = _companies(request, wanted)
    page = parts.consent_page(wanted, companies, request.session.get(tenancy.CHOSEN))
    return _letting_out(render_page(request, page), wanted)


def _decide(request: Request, wanted: Asked) -> HttpResponse:
    if request.POST.get("decisao") == DENY:
        return Elsewhere(oauth.deny(wanted=wanted, issuer=tenancy.platform_url()))
    chosen = request.POST.get("empresa", "")
    company = next(
        (one for one in _companies(request, wanted) if str(one.tenant_id) == chosen), None
    )
    if company is None:
        raise Http404
    query, mode = request.META["QUERY_STRING"], _mode(request, company)
    request.session[tenancy.CHOSEN] = chosen
    typed = {"query": query, "mode": mode.value}
    action = INSTALL if permissions.INSTALL in company.permissions else TRY
    keep(request, action, about=_name(query), typed=typed)
    return HttpResponseRedirect(reverse(STEPS[action], args=[_name(query)]))


def _mode(request: Request, company: Standing) -> Mode:
    """Who only develops the app may try it, and nothing else: whatever was ticked."""
    is_test = "testes" in request.POST or permissions.INSTALL not in company.permissions
    return Mode.TEST if is_test else Mode.LIVE


def _companies(request: Request, wanted: Asked) -> list[Standing]:
    """Those where this person may let the app in: for tests, also who publishes it there."""
    access: Access = request.access  # type: ignore[attr-defined]
    return [
        one
        for one in access.standings
        if one.is_open
        and (
            permissions.INSTALL in one.permissions
            or (
                one.tenant_id == wanted.app.publisher_id
                and permissions.WRITE in one.permissions
            )
        )
    ]


def _asked(query: str) -> Asked:
    return oauth.asked(query=query, issuer=tenancy.platform_url(), at=now())


def _name(query: str) -> str:
    """One request of one app, in a word: two windows do not answer for each other."""
    return sha256(query.encode()).hexdigest()[:32]


def _letting_out(response: HttpResponse, wanted: Asked) -> HttpResponse:
    """The forms of this page may end at the app, and nowhere else."""
    origins = [rules.origin_of(wanted.redirect_uri)]
    response._csp_update = {"form-action": origins}  # type: ignore[attr-defined]  # noqa: SLF001  what csp_update sets
    return response


def _waiting(request: Request, action: str, asked: str) -> tuple[str, Asked, Mode]:
    """What this session was asked for, looked at again."""
    said = kept(request, action, about=asked)
    try:
        query, mode = str(said["query"]), Mode(said["mode"])
        return query, _asked(query), mode
    except (KeyError, oauth.Unsound, oauth.Refusal):
        raise Http404 from None


def _agreed(request: Request, wanted: Asked) -> frozenset[str]:
    """Nobody gives what they do not hold themselves."""
    return wanted.scopes & request.permissions


def _foresee(request: Request, asked: str) -> Foreseen:
    return _foreseen(request, *_waiting(request, INSTALL, asked))


def _foresee_trial(request: Request, asked: str) -> Foreseen:
    return _foreseen(request, *_trial(request, asked))


def _trial(request: Request, asked: str) -> tuple[str, Asked, Mode]:
    """An app of this very company, for its sandbox; of any other there is no trial."""
    query, wanted, mode = _waiting(request, TRY, asked)
    if wanted.app.publisher_id != current_tenant_id() or mode is not Mode.TEST:
        raise Http404
    return query, wanted, mode


def _foreseen(request: Request, query: str, wanted: Asked, mode: Mode) -> Foreseen:
    scopes = sorted(_agreed(request, wanted))
    if not scopes:
        raise Http404
    where = _("Ambiente de testes") if mode is Mode.TEST else _("Empresa")
    return Foreseen(
        title=_("Instalar %(app)s") % {"app": wanted.app.name},
        facts=[
            (_("Aplicativo"), wanted.app.name),
            (_("Publicado por"), wanted.app.publisher),
            (_("Site"), rules.host_of(wanted.app.website)),
            (_("Empresa que dá acesso"), tenancy.tenant_card().name),
            (_("Age em"), where),
            *((_("Poderá"), developers.scope_words(scope)) for scope in scopes),
            (_("Depois você volta para"), rules.host_of(wanted.redirect_uri)),
        ],
        button=_("Instalar aplicativo"),
        entity="application",
        entity_id=wanted.app.id,
        back=f"{reverse('oauth_authorize')}?{query}",
    )


def _with_way_out(action: str) -> Callable[[View[[str]]], View[[str]]]:
    def decorate(view: View[[str]]) -> View[[str]]:
        @wraps(view)
        def guarded(request: Request, asked: str) -> HttpResponseBase:
            _query, wanted, _mode = _waiting(request, action, asked)
            response = view(request, asked)
            assert isinstance(response, HttpResponse)
            return _letting_out(response, wanted)

        return guarded

    return decorate


@requires("workspace:enter")
@requires(permissions.INSTALL)
@_with_way_out(INSTALL)
@sensitive(INSTALL, permission=permissions.INSTALL, foresee=_foresee)
def app_install(request: Request, asked: str) -> HttpResponseBase:
    """Only who asked is answered, and only once: what was kept is gone afterwards."""
    return _install(request, INSTALL, *_waiting(request, INSTALL, asked))


@requires("workspace:enter")
@requires(permissions.WRITE)
@_with_way_out(TRY)
@sensitive(TRY, permission=permissions.WRITE, foresee=_foresee_trial)
def app_try(request: Request, asked: str) -> HttpResponseBase:
    """Who develops an app tries it in their own company's sandbox; nobody has to let it in."""
    return _install(request, TRY, *_trial(request, asked))


def _install(
    request: Request, action: str, query: str, wanted: Asked, mode: Mode
) -> HttpResponseBase:
    assert request.user.pk is not None
    yes = Yes(wanted.app, _agreed(request, wanted), UUID(str(request.user.pk)), mode)
    location = oauth.agree(query=query, issuer=tenancy.platform_url(), yes=yes, at=now())
    drop(request, action)
    return Elsewhere(location)


urlpatterns = [path("oauth/authorize", authorize, name="oauth_authorize")]
workspace_urlpatterns = [
    path("desenvolvedores/aplicativos/instalar/<slug:asked>/", app_install, name="app_install"),
    path("desenvolvedores/aplicativos/testar/<slug:asked>/", app_try, name="app_try"),
]
