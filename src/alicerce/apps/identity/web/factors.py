"""The second factors of one's own account: an app that shows codes, passkeys, recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery
from allauth.mfa.totp.internal import flows as totp
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from allauth.mfa.webauthn.internal import flows as webauthn
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.identity import queries
from alicerce.apps.identity.services.sessions import renew_session
from alicerce.apps.identity.types import Factors, Passkey
from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.components import (
    account_page,
    form_card,
    me,
    number_warning,
    recovery_codes,
)
from alicerce.apps.identity.web.forms import AppCodeForm, PasskeyForm, PasskeyNameForm
from alicerce.apps.identity.web.throttle import throttled
from alicerce.kernel.access import ACCOUNT, Request, requires
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.copying import CopyRow, QrBox
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.passkeys import PasskeyBox
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Text, TimeText

MAY_ADD = "identity.may_add_factor"  # in the session: the kind of factor a proof opened


@requires(ACCOUNT)
@require_safe
def index(request: Request) -> HttpResponse:
    factors = queries.factors_of(me(request).pk)
    body = number_warning(request)
    if getattr(request, "detour", ""):
        words = _("Quem cuida da empresa protege a entrada com um segundo fator.")
        body.append(Note("warn", words, title=_("Falta um passo.")))
    body += [_passkeys_section(factors), _app_card(factors), _codes_card(factors)]
    return render_page(request, account_page("mfa_index", body))


def _passkeys_section(factors: Factors) -> Section:
    add = LinkButton(_("Nova chave"), reverse("mfa_add_webauthn"), icon="plus", size="sm")
    if not factors.passkeys:
        words = _("Entre com a digital, o rosto ou o PIN do aparelho, sem digitar senha.")
        return Section(_("Chaves de acesso"), [Text(words, "muted")], aside=add)
    columns = [
        Column(_("Chave"), "name"),
        Column(_("Último uso")),
        Column(_("Desde"), "extra"),
        Column("", "actions"),
    ]
    rows = [_passkey_row(passkey) for passkey in factors.passkeys]
    return Section(
        _("Chaves de acesso"), [Table(_("Chaves de acesso"), columns, rows)], aside=add
    )


def _passkey_row(passkey: Passkey) -> TableRow:
    used = TimeText(passkey.used_at, "relative") if passkey.used_at else _("Nunca")
    remove = reverse("mfa_remove_webauthn", args=[passkey.id])
    return TableRow(
        [
            Cell(passkey.name, reverse("mfa_edit_webauthn", args=[passkey.id])),
            used,
            TimeText(passkey.added_at, "date"),
            LinkButton(_("Remover"), remove, size="sm"),
        ]
    )


def _app_card(factors: Factors) -> Card:
    if factors.app_since:
        off = LinkButton(_("Desativar"), reverse("mfa_deactivate_totp"))
        since = TimeText(factors.app_since, "date")
        return Card([since], title=_("Aplicativo de códigos"), footer=[off])
    on = LinkButton(_("Ativar aplicativo"), reverse("mfa_activate_totp"))
    lead = _("Um aplicativo do celular mostra um código novo a cada 30 segundos.")
    return Card([Text(lead, "muted")], title=_("Aplicativo de códigos"), footer=[on])


def _codes_card(factors: Factors) -> Content:
    if not factors.any:
        return ""
    left = _("Códigos que restam: %(count)s") % {"count": factors.codes_left}
    new = LinkButton(_("Gerar códigos novos"), reverse("mfa_generate_recovery_codes"))
    return Card([Text(left)], title=_("Códigos de recuperação"), footer=[new])


# Adding a factor: prove who you are first, then show the factor itself.


def _foresee(title: str, button: str, *facts: tuple[Any, Any]) -> Any:
    def foresee(request: Request, **_named: Any) -> Foreseen:
        return Foreseen(
            title=title,
            facts=[(_("Conta"), me(request).email), *facts],
            button=button,
            entity="person",
            entity_id=me(request).pk,
            back=reverse("mfa_index"),
        )

    return foresee


def _foresee_app(request: Request) -> Foreseen:
    return _foresee(_("Ativar um aplicativo de códigos"), _("Continuar"))(request)  # type: ignore[no-any-return]


def _foresee_passkey(request: Request) -> Foreseen:
    return _foresee(_("Guardar uma chave de acesso"), _("Continuar"))(request)  # type: ignore[no-any-return]


@sensitive("factor.app_asked", permission=ACCOUNT, foresee=_foresee_app)
def open_app(request: Request) -> HttpResponseBase:
    request.session[MAY_ADD] = "app"
    return HttpResponseRedirect(reverse("account_app_code"))


@sensitive("factor.passkey_asked", permission=ACCOUNT, foresee=_foresee_passkey)
def open_passkey(request: Request) -> HttpResponseBase:
    request.session[MAY_ADD] = "passkey"
    return HttpResponseRedirect(reverse("account_passkey_new"))


@requires(ACCOUNT)
@throttled(*throttle.of_factors(throttle.user))
@require_http_methods(["GET", "POST"])
def app_code(request: Request) -> HttpResponse:
    if request.session.get(MAY_ADD) != "app":
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    form = AppCodeForm(user=me(request), **_posted(request))
    if request.method == "POST" and form.is_valid():
        _authenticator, codes = totp.activate_totp(request, form)
        return _added(request, codes)
    return render_page(request, _app_page(request, form))


def _app_page(request: Request, form: AppCodeForm) -> Page:
    url = get_adapter().build_totp_url(me(request), form.secret)
    asks = form_card(
        form,
        _("Ativar aplicativo"),
        title=_("Confirme o aplicativo"),
        lead=_("Depois, digite o código que ele mostra."),
        alone=False,
    )
    scan = Card(
        [
            QrBox(url, _("Código para o aplicativo")),
            CopyRow(_("Chave"), form.secret),
        ],
        title=_("Leia com o aplicativo"),
        lead=_("Qualquer aplicativo de códigos serve. Sem câmera, copie a chave."),
    )
    return account_page("mfa_index", [scan, asks], form=form)


@requires(ACCOUNT)
@throttled(*throttle.of_factors(throttle.user))
@require_http_methods(["GET", "POST"])
def passkey_new(request: Request) -> HttpResponse:
    if request.session.get(MAY_ADD) != "passkey":
        return HttpResponseRedirect(reverse("mfa_add_webauthn"))
    form = PasskeyForm(user=me(request), **_posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _authenticator, codes = webauthn.add_authenticator(
            request, name=given["name"], credential=given["credential"]
        )
        return _added(request, codes)
    question = webauthn_auth.begin_registration(me(request), passwordless=True)
    create = PasskeyBox("create", _("Guardar chave neste aparelho"), question=question)
    fields = [
        field for field in form_fields(form) if getattr(field, "name", "") != "credential"
    ]
    body = Card(
        [
            Form(
                "",
                fields=[*fields, create],
                actions=[],
                errors=FormErrors(form) if form.errors else "",
            )
        ],
        title=_("Nova chave de acesso"),
    )
    parts = [*number_warning(request), body]
    return render_page(request, account_page("mfa_index", parts, form=form))


def _posted(request: Request) -> dict[str, Any]:
    return {"data": request.POST} if request.method == "POST" else {}


def _added(request: Request, codes: Any) -> HttpResponse:
    """With a factor, the session may do more: it goes on under a new id."""
    request.session.pop(MAY_ADD)
    renew_session(request=request)
    if codes:
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return HttpResponseRedirect(reverse("mfa_index"))


@requires(ACCOUNT)
@require_safe
def codes(request: Request) -> HttpResponse:
    """The recovery codes, this once."""
    found, may_see = recovery.view_recovery_codes(request)
    if not found:
        raise Http404
    if not may_see:
        return HttpResponseRedirect(reverse("mfa_index"))
    body = recovery_codes(found.get_unused_codes())
    return render_page(request, account_page("mfa_index", body))


def _foresee_codes(request: Request) -> Foreseen:
    """Says nothing that the proof itself may change: one of these codes is a proof, and is spent."""
    ends = (_("Códigos que deixam de valer"), _("todos os de antes"))
    foresee = _foresee(_("Gerar códigos de recuperação novos"), _("Gerar códigos"), ends)
    return foresee(request)  # type: ignore[no-any-return]


@sensitive("factor.codes_renewed", permission=ACCOUNT, foresee=_foresee_codes)
def new_codes(request: Request) -> HttpResponseBase:
    recovery.generate_recovery_codes(request)
    return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))


def _foresee_app_off(request: Request) -> Foreseen:
    return _foresee(_("Desativar o aplicativo de códigos"), _("Desativar"))(request)  # type: ignore[no-any-return]


@sensitive("factor.app_disabled", permission=ACCOUNT, foresee=_foresee_app_off)
def app_off(request: Request) -> HttpResponseBase:
    if app := queries.authenticator(me(request).pk, Authenticator.Type.TOTP):
        totp.deactivate_totp(request, app)
    return HttpResponseRedirect(reverse("mfa_index"))


def _passkey_of(request: Request, passkey_id: int) -> Authenticator:
    found = queries.authenticator(me(request).pk, Authenticator.Type.WEBAUTHN, passkey_id)
    if found is None:
        raise Http404
    return found


def _foresee_passkey_off(request: Request, passkey_id: int) -> Foreseen:
    name = _passkey_of(request, passkey_id).wrap().name
    return Foreseen(
        title=_("Remover a chave de acesso"),
        facts=[(_("Conta"), me(request).email), (_("Chave"), name)],
        button=_("Remover chave"),
        entity="person",
        entity_id=me(request).pk,
        name=name,
        back=reverse("mfa_index"),
    )


@sensitive(
    "factor.passkey_removed", permission=ACCOUNT, foresee=_foresee_passkey_off, destroys=True
)
def passkey_off(request: Request, passkey_id: int) -> HttpResponseBase:
    webauthn.remove_authenticator(request, _passkey_of(request, passkey_id))
    return HttpResponseRedirect(reverse("mfa_index"))


@requires(ACCOUNT)
@require_http_methods(["GET", "POST"])
def passkey_name(request: Request, passkey_id: int) -> HttpResponse:
    passkey = _passkey_of(request, passkey_id)
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.wrap().name})
    if request.method == "POST" and form.is_valid():
        webauthn.rename_authenticator(request, passkey, form.cleaned_data["name"])
        messages.success(request, _("Nome salvo."))
        return HttpResponseRedirect(reverse("mfa_index"))
    body = [form_card(form, _("Salvar nome"), title=_("Chave de acesso"), alone=False)]
    return render_page(request, account_page("mfa_index", body, form=form))
