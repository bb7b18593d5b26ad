"""How django-allauth keeps second factors: sealed."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.crypto import decrypt, encrypt, rewrap

PLACE = b"platform|mfa_authenticator|data"
SECRETS = ("secret", "seed")


class Factors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("O código não confere."),
        "unverified_email": _("Confirme o seu e-mail antes."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(encrypt(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(b64decode(encrypted_text), PLACE).decode()

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 (as allauth calls it)
    ) -> str:
        return str(_("Chave de acesso"))


def rewrapped(data: dict[str, str]) -> dict[str, str]:
    """The same factor under the current master key."""
    renewed = dict(data)
    for name in SECRETS:
        if name in data:
            renewed[name] = b64encode(rewrap(b64decode(data[name]), PLACE)).decode()
    return renewed
