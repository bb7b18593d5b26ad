"""How django-allauth writes to people and finds out about them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.models import User
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.services.people import trust_email
from alicerce.kernel.clock import wall
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.ui.places import place_of

NOWHERE = "0.0.0.0"  # noqa: S104 (an address that is none, not one to listen at)

# What allauth wants to say, and the letter of ours that says it.
LETTERS = {
    "account/email/email_confirmation": "email_code",
    "account/email/email_confirmation_signup": "email_code",
    "account/email/password_reset_code": "reset_code",
    "account/email/account_already_exists": "account_exists",
    "account/email/unknown_account": "account_unknown",
}
NOTICES = {
    "account/email/password_changed": "password",
    "account/email/password_set": "password",
    "account/email/password_reset": "password",
    "account/email/email_changed": "email",
    "mfa/email/totp_activated": "app_on",
    "mfa/email/totp_deactivated": "app_off",
    "mfa/email/webauthn_added": "passkey_on",
    "mfa/email/webauthn_removed": "passkey_off",
    "mfa/email/recovery_codes_generated": "codes",
    "socialaccount/email/account_connected": "provider_on",
    "socialaccount/email/account_disconnected": "provider_off",
}
SAID = {
    "account/messages/password_changed.txt": _("Senha trocada. As outras sessões terminaram."),
    "account/messages/password_set.txt": _("Senha escolhida."),
    "account/messages/email_confirmed.txt": _("E-mail confirmado."),
    "account/messages/primary_email_set.txt": _("E-mail trocado."),
    "mfa/messages/totp_activated.txt": _("Aplicativo de códigos ativado."),
    "mfa/messages/totp_deactivated.txt": _("Aplicativo de códigos desativado."),
    "mfa/messages/webauthn_added.txt": _("Chave de acesso guardada."),
    "mfa/messages/webauthn_removed.txt": _("Chave de acesso removida."),
    "mfa/messages/recovery_codes_generated.txt": _("Códigos de recuperação novos."),
    "socialaccount/messages/account_connected.txt": _("Conta conectada."),
    "socialaccount/messages/account_disconnected.txt": _("Conta desconectada."),
}


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Esta conta está desativada."),
        "duplicate_email": _("Este já é o seu e-mail."),
        "email_password_mismatch": _("E-mail ou senha não conferem."),
        "email_taken": _("Não foi possível confirmar este e-mail."),
        "enter_current_password": _("A senha atual não confere."),
        "incorrect_code": _("O código não confere."),
        "incorrect_password": _("A senha não confere."),
        "too_many_login_attempts": _("Muitas tentativas. Comece de novo."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix in NOTICES:
            values = {"what": NOTICES[template_prefix], **_from_where(context.get("user"))}
            self._write("account_notice", email, values, context)
        elif template_prefix in LETTERS:
            values = {"code": str(context.get("code", ""))}
            self._write(LETTERS[template_prefix], email, values, context)

    @transaction()
    def _write(
        self, template: str, email: str, values: dict[str, str], context: dict[str, Any]
    ) -> None:
        user = context.get("user") or User.objects.filter(email=email).first()
        letters["notify"].send(
            template=template,
            to=email,
            values={
                **values,
                "email": email,
                "path_sign_in": "/entrar/",
                "path_reset": "/entrar/esqueci/",
                "path_sign_up": "/cadastro/",
                "path_factors": "/conta/seguranca/",
            },
            at=wall(),
            locale=user.locale if user else get_language() or "pt-br",
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        self.send_mail(template_prefix, email or user.email, {"user": user})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *about: Any,
        **given: Any,
    ) -> None:
        """Only what is worth saying, in our own words."""
        words = SAID.get(message_template or "") or given.get("message")
        if words:
            messages.add_message(request, level, str(words))

    def pre_login(self, request: HttpRequest, user: User, **about: Any) -> Any:
        """An e-mail that Google vouches for needs no code of ours."""
        through = (about.get("signal_kwargs") or {}).get("sociallogin")
        vouched = {one.email.lower() for one in _vouched_for(through)}
        if user.email in vouched:
            trust_email(user_id=user.pk, email=user.email)
        return super().pre_login(request, user, **about)

    def get_client_ip(self, request: HttpRequest) -> str:
        return current().ip or NOWHERE

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Never theirs: what needs proof passes our own gate, which binds it to the action."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/conta/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        signed_in = context.request.user.is_authenticated
        return "/conta/" if signed_in else "/entrar/"


def _from_where(user: User | None) -> dict[str, str]:
    """What lets whoever reads the letter tell their own change from a stranger's."""
    ip = current().ip or ""
    with translation.override(user.locale if user else get_language() or "pt-br"):
        place = place_of(ip) if ip else ""
    return {"at_changed": wall().isoformat(), "address": ip, "place": place}


def _vouched_for(through: Any) -> list[Any]:
    return [one for one in through.email_addresses if one.verified] if through else []
