"""What other apps may ask of identity."""

from alicerce.apps.identity.queries import is_known, person
from alicerce.apps.identity.services import password_link_path, sign_up

__all__ = ["is_known", "person", "set_password_link", "sign_up"]


def set_password_link(*, email: str, base_url: str) -> str:
    """A single-use link, on the tenant's own address, by which this person chooses a password."""
    return base_url.rstrip("/") + password_link_path(email=email)
