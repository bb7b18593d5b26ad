"""One's own account: who one is, what opens it, where it is open."""

from collections.abc import Callable

from allauth.account.internal.flows.password_change import (
    finalize_password_change,
    finalize_password_set,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.identity import queries
from alicerce.apps.identity.services import people
from alicerce.apps.identity.services.sessions import end_other_sessions, end_session
from alicerce.apps.identity.types import Connection, Device
from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.components import account_page, form_card, me
from alicerce.apps.identity.web.forms import (
    ChangePasswordForm,
    ChoosePasswordForm,
    NewEmailForm,
    ProfileForm,
)
from alicerce.apps.identity.web.throttle import throttled
from alicerce.kernel.access import ACCOUNT, Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.page import render_page
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.places import place_of
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Text, TimeText

MAY_CONNECT = "identity.may_connect"  # in the session: the provider that a proof opened
NEW_EMAIL = "identity.new_email"  # in the session: asked for, and not yet proven


@requires(ACCOUNT)
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    user = me(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "locale": user.locale})
    if request.method == "POST" and form.is_valid():
        people.describe_person(user_id=user.pk, **form.cleaned_data)
        messages.success(request, _("Perfil salvo."))
        response = HttpResponseRedirect(reverse("account"))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["locale"],
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        return response
    email = Card(
        [KeyValues([Pair(_("E-mail"), user.email)])],
        title=_("E-mail"),
        footer=[LinkButton(_("Trocar e-mail"), reverse("account_email"))],
    )
    body = [form_card(form, _("Salvar perfil"), title=_("Perfil"), alone=False), email]
    return render_page(request, account_page("account", body, form=form))


@requires(ACCOUNT)
@throttled(*throttle.of_factors(throttle.user))
@sensitive_post_parameters("current", "password")
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """Change the password, or choose a first one: then there is none to ask for."""
    user = me(request)
    has_one = user.has_usable_password()
    kind: Callable[..., ChoosePasswordForm] = (
        ChangePasswordForm if has_one else ChoosePasswordForm
    )
    form = kind(request.POST or None, person=user)
    if request.method == "POST" and form.is_valid():
        people.set_password(user=user, password=form.cleaned_data["password"])
        finish = finalize_password_change if has_one else finalize_password_set
        finish(request, user)
        return HttpResponseRedirect(reverse("account"))
    lead = _("As outras sessões terminam quando você troca a senha.")
    body = [form_card(form, _("Salvar senha"), title=_("Senha"), lead=lead, alone=False)]
    return render_page(request, account_page("account_change_password", body, form=form))


@requires(ACCOUNT)
@throttled(*throttle.EMAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def email(request: Request) -> HttpResponse:
    """Where the new address is typed; it counts once proven and verified."""
    form = NewEmailForm(me(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[NEW_EMAIL] = form.cleaned_data["email"]
        return HttpResponseRedirect(reverse("account_email_change"))
    lead = _("O endereço novo recebe um código; o antigo, um aviso.")
    body = [form_card(form, _("Continuar"), title=_("Trocar e-mail"), lead=lead, alone=False)]
    return render_page(request, account_page("account", body, form=form))


def _foresee_email(request: Request) -> Foreseen:
    user = me(request)
    return Foreseen(
        title=_("Trocar o e-mail da conta"),
        facts=[
            (_("De"), user.email),
            (_("Para"), request.session.get(NEW_EMAIL, "")),
        ],
        button=_("Enviar código ao novo e-mail"),
        entity="person",
        entity_id=user.pk,
        back=reverse("account_email"),
    )


@sensitive("person.email_change_asked", permission=ACCOUNT, foresee=_foresee_email)
def change_email(request: Request) -> HttpResponseBase:
    form = NewEmailForm(me(request), {"email": request.session.pop(NEW_EMAIL, "")})
    if not form.is_valid():
        return HttpResponseRedirect(reverse("account_email"))
    form.save(request)
    return HttpResponseRedirect(reverse("account_email_verification_sent"))


@requires(ACCOUNT)
@require_safe
def sessions(request: Request) -> HttpResponse:
    key = request.session.session_key or ""
    devices = queries.devices_of(me(request).pk, session_key=key)
    table = Table(
        _("Onde a sua conta está aberta"),
        [
            Column(_("Aparelho"), "name"),
            Column(_("Endereço")),
            Column(_("Último uso")),
            Column(_("Desde"), "extra"),
            Column("", "actions"),
        ],
        [_device_row(device) for device in devices],
    )
    others = PostButton(
        Button(_("Encerrar as outras"), icon="log-out"), reverse("account_sessions_others")
    )
    body: list[Content] = [table]
    if len(devices) > 1:
        body.append(others)
    return render_page(request, account_page("usersessions_list", body))


def _device_row(device: Device) -> TableRow:
    named = " · ".join(part for part in (device.browser, device.system) if part)
    end: Content = PostButton(
        Button(_("Encerrar"), size="sm"), reverse("account_session_end", args=[device.id])
    )
    return TableRow(
        [
            Cell(named or _("Aparelho desconhecido")),
            _whereabouts(device),
            TimeText(device.seen_at, "relative"),
            TimeText(device.began_at),
            Badge("ok", _("Esta sessão")) if device.is_current else end,
        ]
    )


def _whereabouts(device: Device) -> str:
    return " · ".join(part for part in (device.ip, place_of(device.ip)) if part)


@requires(ACCOUNT)
@require_POST
def end(request: Request, session_id: int) -> HttpResponse:
    end_session(user_id=me(request).pk, session_id=session_id, at=wall())
    return HttpResponseRedirect(reverse("usersessions_list"))


@requires(ACCOUNT)
@require_POST
def end_others(request: Request) -> HttpResponse:
    key = request.session.session_key
    ended = end_other_sessions(user_id=me(request).pk, session_key=key, at=wall())
    messages.success(request, _("Sessões encerradas: %(count)s.") % {"count": ended})
    return HttpResponseRedirect(reverse("usersessions_list"))


@requires(ACCOUNT)
@require_safe
def connections(request: Request) -> HttpResponse:
    connected = queries.connections_of(me(request).pk)
    body: list[Content] = [_connected_card(one) for one in connected]
    offered = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    known = {one.provider for one in connected}
    body += [_way_to(request, app) for app in offered if app["provider_id"] not in known]
    if not body:
        body.append(Text(_("Nenhum outro serviço abre contas aqui."), "muted"))
    return render_page(request, account_page("socialaccount_connections", body))


def _way_to(request: Request, app: dict[str, str]) -> Content:
    """First the proof that it is the person, then the provider: it opens the account from then on."""
    provider_id, label = (
        app["provider_id"],
        _("Conectar %(provider)s") % {"provider": app["name"]},
    )
    if request.session.get(MAY_CONNECT) != provider_id:
        return LinkButton(label, reverse("account_connect", args=[provider_id]))
    url = reverse("openid_connect_login", args=[provider_id])
    return PostButton(Button(label, variant="primary"), f"{url}?process=connect")


def _foresee_connect(request: Request, provider_id: str) -> Foreseen:
    return Foreseen(
        title=_("Conectar uma conta"),
        facts=[(_("Conta"), me(request).email), (_("Serviço"), provider_id.title())],
        button=_("Continuar"),
        entity="person",
        entity_id=me(request).pk,
        back=reverse("socialaccount_connections"),
    )


@sensitive("person.provider_asked", permission=ACCOUNT, foresee=_foresee_connect)
def connect(request: Request, provider_id: str) -> HttpResponseBase:
    request.session[MAY_CONNECT] = provider_id
    return HttpResponseRedirect(reverse("socialaccount_connections"))


def _connected_card(one: Connection) -> Card:
    facts = [
        Pair(_("Conta"), one.known_as),
        Pair(_("Desde"), TimeText(one.since, "date")),
    ]
    way_out = LinkButton(_("Desconectar"), reverse("account_disconnect", args=[one.id]))
    return Card([KeyValues(facts)], title=one.name, footer=[way_out])


def _foresee_disconnect(request: Request, connection_id: int) -> Foreseen:
    known = queries.connections_of(me(request).pk)
    name = next((one.name for one in known if one.id == connection_id), "–")
    return Foreseen(
        title=_("Desconectar a conta"),
        facts=[(_("Serviço"), name)],
        button=_("Desconectar"),
        entity="person",
        entity_id=me(request).pk,
        back=reverse("socialaccount_connections"),
    )


@sensitive("person.provider_removed", permission=ACCOUNT, foresee=_foresee_disconnect)
def disconnect(request: Request, connection_id: int) -> HttpResponseBase:
    user = me(request)
    if not user.has_usable_password():
        messages.error(request, _("Escolha antes uma senha: sem ela, nada mais abre a conta."))
        return HttpResponseRedirect(reverse("account_change_password"))
    people.disconnect(user_id=user.pk, connection_id=connection_id)
    return HttpResponseRedirect(reverse("socialaccount_connections"))
