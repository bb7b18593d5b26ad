"""What other apps may ask of identity."""

from alicerce.apps.identity.queries import (
    has_factor,
    is_known,
    never_signed_in,
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
from alicerce.apps.identity.services.impersonation import (
    SEEN,
    end_of_session,
    start_impersonation,
)
from alicerce.apps.identity.services.password_links import password_link_path
from alicerce.apps.identity.services.people import sign_up
from alicerce.apps.identity.services.sealing import renew_factors
from alicerce.apps.identity.services.sessions import forget_session, visit

__all__ = [
    "IMPERSONATION_LASTS",
    "SEEN",
    "end_of_session",
    "forget_session",
    "has_factor",
    "is_known",
    "kept_in_place_of",
    "never_signed_in",
    "person",
    "person_with",
    "renew_factors",
    "session_limits",
    "set_password_link",
    "sign_up",
    "stand_in",
    "stand_ins",
    "start_impersonation",
    "visit",
]


def set_password_link(*, email: str, base_url: str) -> str:
    """A single-use link, on the tenant's own address, by which this person chooses a password."""
    return base_url.rstrip("/") + password_link_path(email=email)
