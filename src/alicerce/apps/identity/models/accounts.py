"""What the tables of django-allauth and of Django's sessions say of people: they have no line for it."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.models.session_keys import SessionName, hide_keys_of
from alicerce.kernel.personal import Inventory

hide_keys_of(Session, UserSession)


def _called(names: Collection[str]) -> Q:
    """Sessions by what the table of a person's sessions calls them: names already, and no keys."""
    return Q(session_key__in=[SessionName(name) for name in names])


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
    of={"session": _called},
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
