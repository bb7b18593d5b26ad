"""What identity does."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import authenticate
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from alicerce.apps.identity import queries
from alicerce.apps.identity.errors import LinkExpired, TooManyAttempts, WrongCredentials
from alicerce.apps.identity.models import SignInAttempt, User
from alicerce.apps.identity.rules import WINDOW, may_try
from alicerce.kernel.db import transaction


@transaction()
def sign_up(*, email: str, name: str, locale: str = "pt-br") -> UUID:
    """The person with this e-mail, made now if unknown; they choose a password by a link later."""
    person, _ = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "locale": locale, "password": "!"}
    )
    return UUID(str(person.id))


def check_credentials(*, email: str, password: str, ip: str | None, at: datetime) -> User:
    """The person these credentials belong to. Raises WrongCredentials or TooManyAttempts.

    An unknown e-mail costs as much time as a wrong password.
    """
    email = email.strip().lower()
    on_email, from_address = queries.recent_failures(email=email, ip=ip, at=at)
    if not may_try(on_email=on_email, from_address=from_address):
        raise TooManyAttempts
    user = authenticate(None, username=email, password=password)
    if not isinstance(user, User):
        _remember_failure(email=email, ip=ip, at=at)
        raise WrongCredentials
    return user


def _remember_failure(*, email: str, ip: str | None, at: datetime) -> None:
    with transaction():
        SignInAttempt.objects.filter(at__lt=at - 12 * WINDOW).delete()
        SignInAttempt.objects.create(email=email[:254], ip=ip, at=at)


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
def choose_password(*, uid: str, token: str, password: str) -> User:
    """Set the password a link was sent for; the link then no longer works. Raises LinkExpired."""
    user: User = User.objects.select_for_update().get(
        pk=person_of_link(uid=uid, token=token).pk
    )
    if not default_token_generator.check_token(user, token):
        raise LinkExpired
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
