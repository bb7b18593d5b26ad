"""Where a person is signed in, and for how long."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from alicerce.apps.identity.rules import has_lapsed
from alicerce.apps.identity.services.trail import note
from alicerce.apps.identity.types import SessionLimits
from alicerce.kernel.db import transaction

RARELY = timedelta(minutes=1)  # one write a minute tells all that a limit of minutes needs


@transaction()
def visit(*, request: HttpRequest, limits: SessionLimits, at: datetime) -> bool:
    """Note that this session was used. False when it rested or lived too long, and must end."""
    key = request.session.session_key
    session = UserSession.objects.filter(session_key=key).first()
    if session is None:
        UserSession.objects.create_from_request(request)
        return True
    lapsed = has_lapsed(
        limits, began_at=session.created_at, seen_at=session.last_seen_at, at=at
    )
    if not lapsed and at - session.last_seen_at > RARELY:
        UserSession.objects.filter(pk=session.pk).update(last_seen_at=at)
    return not lapsed


@transaction()
def renew_session(*, request: HttpRequest) -> None:
    """A new session id, because what the session may do has grown. The old one is worth nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(
        session_key=request.session.session_key
    )


@transaction()
def end_session(*, user_id: UUID, session_id: int, at: datetime) -> None:
    """Whoever holds it is a stranger from their next request on."""
    for session in UserSession.objects.filter(user_id=user_id, pk=session_id):
        session.end()
        note(action="session.ended", user_id=user_id, at=at)


@transaction()
def end_other_sessions(*, user_id: UUID, session_key: str | None, at: datetime) -> int:
    others = UserSession.objects.filter(user_id=user_id).exclude(session_key=session_key)
    ended = [session.end() for session in others]
    if ended:
        note(action="session.others_ended", user_id=user_id, at=at, sessions=len(ended))
    return len(ended)


@transaction()
def forget_session(*, request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()


@transaction()
def forget_expired(*, at: datetime) -> None:
    """Sessions that nobody can use any more, and what was noted of them."""
    Session.objects.filter(expire_date__lt=at).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
