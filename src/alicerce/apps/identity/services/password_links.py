"""The link by which a person who was made known chooses a password."""

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from alicerce.apps.identity.errors import LinkExpired
from alicerce.apps.identity.models import User
from alicerce.apps.identity.services.people import trust_email
from alicerce.apps.identity.services.trail import note
from alicerce.kernel.db import transaction


def password_link_path(*, email: str) -> str:
    """The path of a single-use link by which this person chooses a password."""
    user = User.objects.get(email=email.strip().lower())
    uid = urlsafe_base64_encode(force_bytes(str(user.pk)))
    return f"/entrar/senha/{uid}/{default_token_generator.make_token(user)}/"


def person_of_link(*, uid: str, token: str) -> User:
    """The person a password link was made for. Raises LinkExpired."""
    try:
        user: User = User.objects.get(pk=urlsafe_base64_decode(uid).decode())
    except (User.DoesNotExist, ValidationError, ValueError) as trouble:
        raise LinkExpired from trouble
    if not default_token_generator.check_token(user, token):
        raise LinkExpired
    return user


@transaction()
def choose_password(*, uid: str, token: str, password: str, at: datetime) -> User:
    """Set the password a link was sent for; the link then no longer works. Raises LinkExpired.

    Who holds the link reads the mailbox it went to: the e-mail counts as verified.
    """
    user: User = User.objects.select_for_update().get(
        pk=person_of_link(uid=uid, token=token).pk
    )
    if not default_token_generator.check_token(user, token):
        raise LinkExpired
    user.set_password(password)
    user.save(update_fields=["password"])
    trust_email(user_id=user.id, email=user.email)
    note(action="person.password_chosen", user_id=user.id, at=at)
    return user
