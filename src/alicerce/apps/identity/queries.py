"""Who is known."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.identity.models import SignInAttempt, User
from alicerce.apps.identity.rules import WINDOW
from alicerce.apps.identity.types import Person


def person(user_id: UUID) -> Person | None:
    user = User.objects.filter(id=user_id).first()
    return Person(user.id, user.email, user.name, user.locale) if user else None


def is_known(*, email: str) -> bool:
    """Whether somebody has an account under this address. Never tell a stranger."""
    return bool(User.objects.filter(email=email.strip().lower()).exists())


def recent_failures(*, email: str, ip: str | None, at: datetime) -> tuple[int, int]:
    """Failed attempts within the window: on this e-mail, and from this address."""
    recent = SignInAttempt.objects.filter(at__gt=at - WINDOW)
    from_address = recent.filter(ip=ip).count() if ip else 0
    return recent.filter(email=email).count(), from_address
