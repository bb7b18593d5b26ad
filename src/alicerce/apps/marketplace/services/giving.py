"""Write down what an app is given: a code for a person's yes, and the tokens that come of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alicerce.apps.audit import public as audit
from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace.models import ClientSecret, Grant, Token
from alicerce.apps.marketplace.services.installing import install_app
from alicerce.apps.marketplace.types import (
    ACCESS_LASTS,
    CODE_LASTS,
    REFRESH_LASTS,
    YES_LASTS,
    Face,
    TokenKind,
    Yes,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.tokens import digest


@transaction()
def give_code(*, yes: Yes, code: str, redirect_uri: str, challenge: str, at: datetime) -> None:
    """The app is installed in the current company, and may fetch its tokens with this code."""
    Grant.objects.create(
        installation_id=install_app(yes=yes, at=at),
        application_id=yes.app.id,
        given_by=yes.by,
        scopes=sorted(yes.scopes),
        digest=digest(code),
        redirect_uri=redirect_uri,
        challenge=challenge,
        expires_at=at + CODE_LASTS,
        ends_at=at + YES_LASTS,
    )


def give_itself(
    *, secret: ClientSecret, app: Face, scopes: frozenset[str], mode: Mode, at: datetime
) -> Grant:
    """What an app's secret opens of its publisher's own company, the current one, or of its sandbox."""
    if mode is Mode.TEST:
        developers.open_sandbox(at=at)
    grant: Grant = Grant.objects.create(
        secret=secret,
        application_id=app.id,
        given_by=secret.made_by,
        mode=mode,
        scopes=sorted(scopes),
        expires_at=at + ACCESS_LASTS,
        used_at=at,
    )
    return grant


@transaction()
def keep_tokens(*, grant: Grant, issued: Mapping[str, Any], at: datetime) -> None:
    """Digests of what the app is answered; a refresh token is good for all that was agreed to."""
    _keep(grant, TokenKind.ACCESS, issued["access_token"], issued["scope"].split(), at)
    if again := issued.get("refresh_token"):
        _keep(grant, TokenKind.REFRESH, again, grant.scopes, at)


@transaction()
def end_grants_of(*, user_id: UUID, at: datetime) -> None:
    """What this person gave in the current company until now opens nothing, should they come back.

    The secrets they made prove their apps on, for the companies that installed them.
    """
    made = ClientSecret.objects.live(at=at).filter(made_by=user_id, created_at__lte=at)
    for secret in made.select_for_update(of=("self",), no_key=True):
        _orphan(secret, at=at)
    before = Q(ends_at__lte=at + YES_LASTS) | Q(ends_at=None, used_at__lte=at)
    theirs = Grant.objects.filter(before, given_by=user_id, revoked_at=None)
    for grant in theirs.select_for_update(of=("self",), no_key=True):
        end_grant(grant=grant, why="giver left", at=at)


def _orphan(secret: ClientSecret, *, at: datetime) -> None:
    if secret.lose_maker(at=at):
        audit.record(
            action="application.secret_orphaned",
            entity="application",
            entity_id=secret.application_id,
            after={"secret": secret.id},
            at=at,
        )


def end_grant(*, grant: Grant, why: str, at: datetime) -> bool:
    """Close all that came of one yes, and say so. False when it was closed before."""
    if not grant.revoke(at=at):
        return False
    audit.record(
        action="app.access_ended",
        entity="installation",
        entity_id=grant.installation_id,
        after={"app": grant.application_id, "why": why},
        at=at,
    )
    return True


def _keep(grant: Grant, kind: TokenKind, token: str, scopes: list[str], at: datetime) -> None:
    lasts = ACCESS_LASTS if kind is TokenKind.ACCESS else REFRESH_LASTS
    Token.objects.create(
        grant=grant,
        kind=kind.value,
        digest=digest(token),
        scopes=sorted(scopes),
        expires_at=min(at + lasts, grant.ends_at or at + lasts),
    )
