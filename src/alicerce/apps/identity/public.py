"""What other apps may ask of identity."""

from alicerce.apps.identity.models import (
    Approval,
    Impersonation,
    KnownDevice,
    StandInConsent,
    User,
)
from alicerce.apps.identity.models.accounts import (
    Authenticator,
    EmailAddress,
    Session,
    SocialAccount,
    SocialToken,
    UserSession,
)
from alicerce.apps.identity.queries import (
    consent,
    consents,
    consents_asked_by,
    has_factor,
    is_known,
    never_signed_in,
    people,
    person,
    person_with,
    stand_in,
    stand_ins,
)
from alicerce.apps.identity.rules import (
    IMPERSONATION_LASTS,
    kept_in_place_of,
    session_limits,
)
from alicerce.apps.identity.services.consents import (
    answer_consent,
    ask_consent,
    start_with_consent,
    tell_answer,
    withdraw_consent,
)
from alicerce.apps.identity.services.impersonation import (
    SEEN,
    end_impersonation,
    end_of_session,
    start_impersonation,
)
from alicerce.apps.identity.services.password_links import password_link_path
from alicerce.apps.identity.services.people import sign_up
from alicerce.apps.identity.services.sealing import renew_factors
from alicerce.apps.identity.services.sessions import forget_session, visit
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "IMPERSONATION_LASTS",
    "SEEN",
    "answer_consent",
    "ask_consent",
    "consent",
    "consents",
    "consents_asked_by",
    "end_impersonation",
    "end_of_session",
    "forget_session",
    "has_factor",
    "is_known",
    "kept_in_place_of",
    "never_signed_in",
    "people",
    "person",
    "person_with",
    "personal",
    "personal_here",
    "renew_factors",
    "session_limits",
    "set_password_link",
    "sign_up",
    "stand_in",
    "stand_ins",
    "start_impersonation",
    "start_with_consent",
    "tell_answer",
    "visit",
    "withdraw_consent",
]

personal = PersonalRecords(
    User,
    EmailAddress,
    Authenticator,
    SocialAccount,
    SocialToken,
    UserSession,
    Session,
    KnownDevice,
)
"""The person, whom tenants share, and what opens their account."""
personal_here = PersonalRecords(Approval, Impersonation, StandInConsent)
"""What the person did in one tenant."""


def first_password_link(*, email: str, base_url: str) -> str:
    """For who never entered; empty for who did, and has a password or another way in."""
    person = person_with(email=email)
    if person is None or not never_signed_in(user_id=person.id):
        return ""
    return set_password_link(email=email, base_url=base_url)


def set_password_link(*, email: str, base_url: str) -> str:
    """A single-use link, on the tenant's own address, by which this person chooses a password."""
    return base_url.rstrip("/") + password_link_path(email=email)
