"""What the tables of django-allauth and of Django's sessions say of people: they have no line for it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.personal import Inventory

EmailAddress.inventory = Inventory(
    _("Endereços de e-mail"),
    of={"user": "user_id", "email": "email"},
    names={"email": "email"},
    erase="email",
    deletes=True,
)
Authenticator.inventory = Inventory(
    _("Segundos fatores"), of={"user": "user_id"}, erase="data", hidden="data", deletes=True
)
SocialAccount.inventory = Inventory(
    _("Contas conectadas"),
    of={"user": "user_id"},
    names={"connection": "id"},
    erase="uid extra_data",
    plain="provider",
    deletes=True,
)
SocialToken.inventory = Inventory(
    of={"connection": "account_id"},
    erase="token token_secret",
    hidden="token token_secret",
    deletes=True,
)
UserSession.inventory = Inventory(
    _("Onde a conta está aberta"),
    of={"user": "user_id"},
    names={"session": "session_key"},
    erase="ip user_agent data",
    plain="session_key",
    hidden="session_key",
    deletes=True,
)
Session.inventory = Inventory(  # type: ignore[attr-defined]
    _("Sessões"),
    of={"session": "session_key"},
    erase="session_data",
    plain="session_key",
    hidden="session_key session_data",
    deletes=True,
)

__all__ = [
    "Authenticator",
    "EmailAddress",
    "Session",
    "SocialAccount",
    "SocialToken",
    "UserSession",
]
