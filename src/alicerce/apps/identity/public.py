"""What other apps may ask of identity."""

from alicerce.apps.identity.models import Approval, User
from alicerce.apps.identity.models.accounts import (
    Authenticator,
    EmailAddress,
    Session,
    SocialAccount,
    SocialToken,
    UserSession,
)
from alicerce.apps.identity.queries import has_factor, is_known, never_signed_in, person
from alicerce.apps.identity.rules import session_limits
from alicerce.apps.identity.services.password_links import password_link_path
from alicerce.apps.identity.services.people import sign_up
from alicerce.apps.identity.services.sealing import renew_factors
from alicerce.apps.identity.services.sessions import forget_session, visit
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "forget_session",
    "has_factor",
    "is_known",
    "never_signed_in",
    "person",
    "personal",
    "personal_here",
    "renew_factors",
    "session_limits",
    "set_password_link",
    "sign_up",
    "visit",
]

personal = PersonalRecords(
    User, EmailAddress, Authenticator, SocialAccount, SocialToken, UserSession, Session
)
"""The person, whom tenants share, and what opens their account."""
personal_here = PersonalRecords(Approval)
"""What the person did in one tenant."""


def set_password_link(*, email: str, base_url: str) -> str:
    """A single-use link, on the tenant's own address, by which this person chooses a password."""
    return base_url.rstrip("/") + password_link_path(email=email)
