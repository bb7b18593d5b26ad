"""What an app's token opens at one moment."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Admission, Caller, Mode
from alicerce.apps.marketplace.errors import NoSuchApplication
from alicerce.apps.marketplace.models import Grant, Token
from alicerce.apps.marketplace.queries.faces import Place, face_of, place_of_token
from alicerce.apps.marketplace.types import ACCESS, APP_SCOPES, Face, TokenKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.rest.problems import CompanyClosed, CompanySuspended, Unauthenticated
from alicerce.kernel.tokens import is_token


def is_access_token(secret: str) -> bool:
    """Whether it is for us to say what it opens."""
    return secret.startswith(ACCESS)


def admission(*, secret: str, at: datetime) -> Admission:
    """What this token opens right now. Raises Unauthenticated, CompanyClosed, CompanySuspended.

    Never more than what was agreed to, what the app may ask for today, and what the person who
    gave the access may do at this moment.
    """
    place = place_of_token(secret) if is_token(secret, ACCESS) else None
    if place is None:
        raise Unauthenticated
    with acting(tenant_id=place.tenant_id), transaction():
        token = _token(place, at)
        if not tenancy.is_open(place.tenant_id):
            raise CompanySuspended if tenancy.closed_sign(place.tenant_id) else CompanyClosed
        return _admission(token, place, _face(token.grant))


def _token(place: Place, at: datetime) -> Token:
    token: Token = Token.objects.select_related("grant__installation", "grant__secret").get(
        pk=place.id
    )
    opens = token.kind == TokenKind.ACCESS and token.opens(at=at)
    if not opens or not token.grant.is_live(at=at):
        raise Unauthenticated
    return token


def _face(grant: Grant) -> Face:
    try:
        return face_of(grant.application_id)
    except NoSuchApplication:
        raise Unauthenticated from None


def _acted_for(place: Place, mode: Mode) -> UUID:
    return developers.sandbox_of(place.tenant_id) if mode is Mode.TEST else place.tenant_id


def _admission(token: Token, place: Place, app: Face) -> Admission:
    grant = token.grant
    held = tenancy.access_of(
        user_id=grant.given_by, tenant_id=place.tenant_id, in_workspace=True
    ).permissions
    agreed = frozenset(token.scopes) & grant.bounds()
    mode = grant.acts_in
    return Admission(
        key_id=app.id,
        name=app.name,
        mode=mode,
        home_id=place.tenant_id,
        tenant_id=_acted_for(place, mode),
        made_by=grant.given_by,
        scopes=agreed & app.scopes & held & frozenset(APP_SCOPES),
        networks=(),
        expires_at=token.expires_at,
        caller=Caller.APP,
    )
