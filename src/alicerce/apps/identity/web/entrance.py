"""Coming in: signing in and up, a forgotten password, the second factor."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import Login
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.identity.errors import LinkExpired
from alicerce.apps.identity.services.password_links import choose_password as choose
from alicerce.apps.identity.services.password_links import person_of_link
from alicerce.apps.identity.services.sessions import forget_session
from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.as_page import AsPage
from alicerce.apps.identity.web.components import form_card, one_form_page
from alicerce.apps.identity.web.forms import ChoosePasswordForm, NewPasswordForm
from alicerce.apps.identity.web.throttle import throttled, unhurried
from alicerce.kernel.access import Request, View, public_page
from alicerce.kernel.clock import wall
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form
from alicerce.ui.layout import Card, Row, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.passkeys import PasskeyBox
from alicerce.ui.texts import Link, Text


class SignIn(AsPage, account.LoginView):
    def page(self, context: dict[str, Any]) -> Page:
        links = Row(
            [
                Link(_("Esqueci a senha"), reverse("account_reset_password")),
                Link(_("Abrir uma conta"), reverse("account_signup")),
            ],
            spread=True,
        )
        return one_form_page(
            title=_("Entrar"),
            lead=_("Use o e-mail do seu pedido ou da sua equipe."),
            form=context["form"],
            button=_("Entrar"),
            action=self.here(),
            after=[links, *_other_ways(self.here())],
        )


def _other_ways(onward: str) -> list[Content]:
    passkey = PasskeyBox(
        "get",
        _("Entrar com biometria"),
        source=reverse("mfa_login_webauthn"),
        suggests=True,
    )
    ways: list[Content] = [
        Form(reverse("mfa_login_webauthn") + onward, fields=[passkey], actions=[])
    ]
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        url = reverse("openid_connect_login", args=[app["provider_id"]]) + onward
        label = _("Entrar com %(provider)s") % {"provider": app["name"]}
        ways.append(PostButton(Button(label, size="lg", block=True), url))
    return ways


class SignUp(AsPage, account.SignupView):
    def page(self, context: dict[str, Any]) -> Page:
        return one_form_page(
            title=_("Abrir uma conta"),
            lead=_("Você recebe um código por e-mail para confirmar que é você."),
            form=context["form"],
            button=_("Continuar"),
            action=self.here(),
            after=[Link(_("Já tenho conta"), reverse("account_login"))],
        )


class EmailCode(AsPage, account.ConfirmEmailVerificationCodeView):
    def page(self, context: dict[str, Any]) -> Page:
        again = PostButton(Button(_("Enviar outro código")), self.here(), {"action": "resend"})
        known = self.request.user.is_authenticated  # changing an address, not signing up
        start = "account_email" if known else "account_signup"
        return one_form_page(
            title=_("Confirme o seu e-mail"),
            lead=_("Digite o código que enviamos para %(email)s.")
            % {"email": context["email"]},
            form=context["verify_form"],
            button=_("Confirmar"),
            action=self.here(),
            after=[
                *([again] if context["can_resend"] else []),
                Link(_("Usar outro e-mail"), reverse(start)),
            ],
        )


class Forgotten(AsPage, account.PasswordResetView):
    def page(self, context: dict[str, Any]) -> Page:
        return one_form_page(
            title=_("Esqueci a senha"),
            lead=_("Diga o seu e-mail. Um código chega nele e abre uma nova senha."),
            form=context["form"],
            button=_("Enviar código"),
            action=self.here(),
            after=[Link(_("Voltar para a entrada"), reverse("account_login"))],
        )


class ResetCode(AsPage, account.ConfirmPasswordResetCodeView):
    def page(self, context: dict[str, Any]) -> Page:
        return one_form_page(
            title=_("Confirme que é você"),
            lead=_("Se houver conta com %(email)s, o código está na caixa de entrada.")
            % {"email": context["email"]},
            form=context["verify_form"],
            button=_("Continuar"),
            action=self.here(),
            after=[Link(_("Usar outro e-mail"), reverse("account_reset_password"))],
        )


class NewPassword(AsPage, account.CompletePasswordResetView):
    form_class = NewPasswordForm
    success_url = settings.LOGIN_REDIRECT_URL

    def page(self, context: dict[str, Any]) -> Page:
        return one_form_page(
            title=_("Escolha uma nova senha"),
            lead=_("As sessões abertas com a senha antiga terminam."),
            form=context["form"],
            button=_("Salvar senha"),
            action=self.here(),
        )


class SecondFactor(AsPage, mfa.AuthenticateView):
    def page(self, context: dict[str, Any]) -> Page:
        question = context["js_data"]["request_options"]
        asks: list[Content] = [form_card(context["form"], _("Entrar"))]
        lead = _("Digite o código do seu aplicativo.")
        if question["publicKey"].get("allowCredentials"):
            lead = _("Digite o código do seu aplicativo ou use a sua chave.")
            passkey = PasskeyBox("get", _("Usar a chave de acesso"), question=question)
            asks.insert(0, Card([Form("", fields=[passkey], actions=[])]))
        lost = Text(
            _("Sem o aparelho? Digite aqui um dos seus códigos de recuperação."), "muted"
        )
        return Page(
            _("Confirme que é você"),
            "bare",
            [*asks, lost],
            lead=lead,
            width="narrow",
            status=422 if context["form"].errors or _failed(context) else 200,
        )


def _failed(context: dict[str, Any]) -> bool:
    return bool(context["webauthn_form"].errors)


def pending(request: Request) -> str:
    """Whose second factor is awaited."""
    login = unstash_login(request, peek=True)
    return str(login.user.pk) if login and login.user else ""


class PasskeySignIn(webauthn.LoginWebAuthnView):
    """Answers the question with JSON, and the answer with a session."""


@public_page
@throttled(*throttle.CODE)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def choose_password(request: Request, uid: str, token: str) -> HttpResponse:
    try:
        person = person_of_link(uid=uid, token=token)
    except LinkExpired as expired:
        return render_page(request, _expired_page(str(expired)))
    form = ChoosePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        person = choose(uid=uid, token=token, **form.cleaned_data, at=wall())
        record_authentication(request, person, method="password_reset", email=person.email)
        response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
        return response
    page = one_form_page(
        title=_("Escolha a sua senha"),
        lead=_("Ela abre a conta de %(email)s.") % {"email": person.email},
        form=form,
        button=_("Salvar senha"),
    )
    return render_page(request, page)


def _expired_page(reason: str) -> Page:
    way_out = LinkButton(_("Esqueci a senha"), "/entrar/esqueci/", variant="primary")
    body = EmptyState(_("O link não vale mais"), reason, way_out, icon="clock")
    return Page(_("Escolha a sua senha"), "bare", [body], width="narrow", status=410)


@public_page
@require_POST
def sign_out(request: Request) -> HttpResponse:
    forget_session(request=request)
    logout(request, show_message=False)
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = "/"
    response = HttpResponseRedirect(onward)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public_page
def inactive(request: Request) -> HttpResponse:
    body = EmptyState(
        _("Esta conta está desativada"), _("Fale com quem administra a conta."), icon="ban"
    )
    return render_page(request, Page(_("Entrar"), "bare", [Stack([body])], width="narrow"))


def door(view: Any, *limits: throttle.Limit) -> View[...]:
    """A page of the entrance: open to all, counted, in a transaction of its own."""
    return public_page(throttled(*limits)(view.as_view()))


sign_in = door(SignIn, *throttle.SIGN_IN)
sign_up = unhurried("account")(door(SignUp, *throttle.SIGN_UP))
email_code = door(EmailCode, *throttle.CODE)
forgotten = unhurried("letter")(door(Forgotten, *throttle.RESET))
reset_code = door(ResetCode, *throttle.CODE)
new_password = door(NewPassword, *throttle.CODE)
second_factor = door(SecondFactor, *throttle.of_factors(pending))
passkey_sign_in = door(PasskeySignIn, *throttle.PASSKEY)
