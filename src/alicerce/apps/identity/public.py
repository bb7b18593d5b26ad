"""What other apps may ask of identity."""

from alicerce.apps.identity.models import SignInAttempt, User
from alicerce.apps.identity.queries import person
from alicerce.apps.identity.services import password_link_path, sign_up
from alicerce.kernel.personal import PersonalRecords

__all__ = ["person", "personal", "set_password_link", "sign_up"]

personal = PersonalRecords(User, SignInAttempt)


def set_password_link(*, email: str, base_url: str) -> str:
    """A single-use link, on the tenant's own address, by which this person chooses a password."""
    return base_url.rstrip("/") + password_link_path(email=email)
