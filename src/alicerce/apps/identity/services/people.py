"""Making a person known."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from alicerce.apps.identity.models import User
from alicerce.kernel.db import transaction


@transaction()
def sign_up(*, email: str, name: str, locale: str = "pt-br") -> UUID:
    """The person with this e-mail, made now if unknown; they choose a password by a link later."""
    person, _ = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "locale": locale, "password": "!"}
    )
    return UUID(str(person.id))


@transaction()
def describe_person(*, user_id: UUID, name: str, locale: str) -> None:
    """What a person is called, and the language they read."""
    User.objects.filter(pk=user_id).update(name=name, locale=locale)


@transaction()
def set_password(*, user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction()
def disconnect(*, user_id: UUID, connection_id: int) -> None:
    """The provider no longer opens this account."""
    SocialAccount.objects.filter(user_id=user_id, pk=connection_id).delete()


@transaction()
def trust_email(*, user_id: UUID, email: str) -> None:
    """Somebody we believe says that this person reads this mailbox."""
    EmailAddress.objects.update_or_create(
        user_id=user_id, email=email, defaults={"verified": True, "primary": True}
    )
