"""How django-allauth keeps second factors: sealed, and passkeys for the platform and all below it."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.ports import platform_hosts
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

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Browsers let a name below another use the other's keys (WebAuthn 3, 5.1.3 and 13.4.9)."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        above = (host for host in (ask() for ask in platform_hosts) if host)
        found = next(
            (host for host in above if entity["id"].endswith(f".{host}")), entity["id"]
        )
        return entity | {"id": found}
