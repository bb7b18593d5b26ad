"""A sign-in from somewhere new: told by letter, and taken back by who was not there."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from alicerce.apps.identity.errors import LinkExpired
from alicerce.apps.identity.models import KnownDevice, User
from alicerce.apps.identity.queries import device_told_of
from alicerce.apps.identity.rules import DEVICE_REMEMBERED, is_just_made
from alicerce.apps.identity.services.device_letters import mark_of, tell_of_device
from alicerce.apps.identity.services.trail import note
from alicerce.kernel.db import transaction


@transaction()
def note_device(*, request: HttpRequest, user_id: UUID, at: datetime) -> None:
    """Remember where somebody just signed in; a letter tells them of what was not known before.

    The first place of an account that was just made is its owner's; nobody knows whose that of an
    older one is. What no letter told of, because too many went out, does not become known by it.
    """
    user: User = User.objects.select_for_update().get(pk=user_id)
    UserSession.objects.create_from_request(request)
    session = UserSession.objects.get(session_key=request.session.session_key)
    mine = KnownDevice.objects.filter(user=user)
    if not mine.exists():
        _recall(user, session, at=at)
    if not mine.filter(mark=mark_of(session=session)).update(seen_at=at):
        tell_of_device(user=user, session=session, at=at)


def _recall(user: User, session: UserSession, *, at: datetime) -> None:
    """What is open already is known, and so is the first sign-in of all."""
    others = UserSession.objects.filter(user=user).exclude(pk=session.pk)
    known = {mark_of(session=other) for other in others}
    if not known and is_just_made(user.created_at, at=at):
        known = {mark_of(session=session)}
    KnownDevice.objects.bulk_create(
        KnownDevice(user=user, mark=mark, seen_at=at) for mark in known
    )


@transaction()
def disown_device(*, token: str, everywhere: bool, at: datetime) -> int:
    """Nobody there is signed in any more, or nobody anywhere; how many sessions that ended.

    The letter's link is worth nothing afterwards, and the place is unknown again. Raises LinkExpired.
    """
    found = device_told_of(token, at=at)
    device = KnownDevice.objects.select_for_update().filter(pk=found and found.pk).first()
    if device is None:
        raise LinkExpired
    theirs = UserSession.objects.filter(user_id=device.user_id)
    ended = [one for one in theirs if everywhere or mark_of(session=one) == device.mark]
    for session in ended:
        session.end()
    device.delete()
    note(action="session.disowned", user_id=device.user_id, at=at, sessions=len(ended))
    return len(ended)


@transaction()
def forget_devices(*, at: datetime) -> None:
    """What nobody used for so long is new when it comes back."""
    KnownDevice.objects.filter(seen_at__lt=at - DEVICE_REMEMBERED).delete()
