"""The secrets of second factors: a dump of the database shows none, and keys can be replaced."""

from base64 import b64decode, b64encode

from allauth.mfa.models import Authenticator

from alicerce.kernel.crypto import decrypt, encrypt, is_current, rewrap
from alicerce.kernel.db import transaction

PLACE = b"platform|mfa_authenticator|data"
SECRETS = ("secret", "seed")


def seal_factor(*, text: str) -> str:
    return b64encode(encrypt(text.encode(), PLACE)).decode()


def open_factor(*, sealed: str) -> str:
    return decrypt(b64decode(sealed), PLACE).decode()


@transaction()
def renew_factors() -> int:
    """Put every factor under the current master key; how many were under an older one."""
    return sum(_renew(one) for one in Authenticator.objects.select_for_update())


def _renew(factor: Authenticator) -> bool:
    old = {name for name in SECRETS if name in factor.data and _is_old(factor.data[name])}
    for name in old:
        factor.data[name] = b64encode(rewrap(b64decode(factor.data[name]), PLACE)).decode()
    if old:
        factor.save(update_fields=["data"])
    return bool(old)


def _is_old(sealed: str) -> bool:
    return not is_current(b64decode(sealed))
