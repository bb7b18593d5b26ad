"""Signing in and out, and choosing a password."""

from urllib.parse import quote

from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.identity import services
from alicerce.apps.identity.errors import LinkExpired
from alicerce.apps.identity.web.components import one_form_page
from alicerce.apps.identity.web.forms import ChoosePasswordForm, SignInForm
from alicerce.kernel.access import Request, opens_its_own_transactions, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.context import current
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

INSIDE = "/dentro/"  # where this person belongs, the site knows
BACKEND = "django.contrib.auth.backends.ModelBackend"


@public_page
@opens_its_own_transactions
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.check_credentials(**form.cleaned_data, ip=current().ip, at=now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            login(request, person, backend=BACKEND)
            return HttpResponseRedirect(_next(request))
    page = one_form_page(
        title=_("Entrar"),
        lead=_("Use o e-mail do seu pedido ou da sua equipe."),
        form=form,
        button=_("Entrar"),
        hidden=quote(_next(request)) if "next" in request.GET else "",
    )
    return render_page(request, page)


@public_page
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    response = HttpResponseRedirect("/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public_page
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def choose_password(request: Request, uid: str, token: str) -> HttpResponse:
    try:
        person = services.person_of_link(uid=uid, token=token)
    except LinkExpired as expired:
        return render_page(request, _expired_page(str(expired)))
    form = ChoosePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        person = services.choose_password(uid=uid, token=token, **form.cleaned_data)
        login(request, person, backend=BACKEND)
        return HttpResponseRedirect(INSIDE)
    page = one_form_page(
        title=_("Escolha a sua senha"),
        lead=_("Ela abre a área do cliente de %(email)s.") % {"email": person.email},
        form=form,
        button=_("Salvar senha"),
    )
    return render_page(request, page)


def _expired_page(reason: str) -> Page:
    way_out = LinkButton(_("Ir para a entrada"), "/entrar/", variant="primary")
    body = EmptyState(_("O link não vale mais"), reason, way_out, icon="clock")
    return Page(_("Escolha a sua senha"), "bare", [body], width="narrow", status=410)


def _next(request: Request) -> str:
    """Where to go after signing in: only ever to ourselves."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return INSIDE


urlpatterns = [
    path("entrar/", sign_in, name="sign_in"),
    path("sair/", sign_out, name="sign_out"),
    path("entrar/senha/<str:uid>/<str:token>/", choose_password, name="choose_password"),
]
