"""How django-allauth keeps second factors: sealed."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.services import sealing


class Factors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("O código não confere."),
        "unverified_email": _("Confirme o seu e-mail antes."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal_factor(text=text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_factor(sealed=encrypted_text)

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 (as allauth calls it)
    ) -> str:
        return str(_("Chave de acesso"))
