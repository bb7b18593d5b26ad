"""The least that is valid, for tests."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from alicerce.apps.identity.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def a_person(email: str = "ana@padaria.example", **given: Any) -> User:
    return User.objects.create(**{"email": email, "name": "Ana", "password": "!", **given})


def a_person_with(password: str, email: str = "ana@padaria.example", **given: Any) -> User:
    """Who chose a password, and whose e-mail is verified."""
    person = a_person(email, **given)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def a_code_app(person: User, secret: str = SECRET) -> None:
    """The person's phone shows codes of this secret; and they keep recovery codes."""
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
