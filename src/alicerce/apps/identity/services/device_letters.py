"""The letter that tells of a sign-in from somewhere new."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils import translation

from alicerce.apps.identity.models import KnownDevice, User
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.queries import browser_and_system
from alicerce.apps.identity.rules import DEVICE_LETTERS, DEVICE_LETTERS_EACH
from alicerce.kernel.tokens import digest, new_token
from alicerce.ui.places import place_of


def tell_of_device(*, user: User, session: UserSession, at: datetime) -> None:
    """One letter, after which the place is known; beyond so many a day neither."""
    lately = KnownDevice.objects.filter(user=user, told_at__gt=at - DEVICE_LETTERS_EACH)
    if lately.count() >= DEVICE_LETTERS:
        return
    token = new_token("")
    KnownDevice.objects.create(
        user=user,
        mark=mark_of(session=session),
        seen_at=at,
        told_at=at,
        token_hash=digest(token),
    )
    with translation.override(user.locale):
        place = place_of(session.ip)
    letters["notify"].send(
        template="signed_in_elsewhere",
        to=user.email,
        values={
            "device": _named(session),
            "address": str(session.ip),
            "place": place,
            "at_signed_in": at.isoformat(),
            "path_not_me": f"/entrar/nao-fui-eu/{token}/",
        },
        at=at,
        locale=user.locale,
    )


def _named(session: UserSession) -> str:
    """Short, whatever a browser calls itself: it is a stranger's text in our letter."""
    return " · ".join(part[:40] for part in browser_and_system(session.user_agent) if part)


def mark_of(*, session: UserSession) -> str:
    """What makes a sign-in look like another: the kind of browser and the place, whatever its version.

    Addresses and versions change by the week; who is told of each stops to read.
    """
    with translation.override("pt-br"):
        place = place_of(session.ip)
    return digest("|".join([*browser_and_system(session.user_agent), place]))
