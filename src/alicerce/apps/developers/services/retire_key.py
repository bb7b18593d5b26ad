"""Exchange a key, or revoke it."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.corrections import public as corrections
from alicerce.apps.developers.errors import (
    KeyAlreadyRotated,
    KeyNotLive,
    NoSuchKey,
    ScopeNotHeld,
)
from alicerce.apps.developers.events import ApiKeyRevoked, ApiKeyRotated
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.queries import ends_with, line_of
from alicerce.apps.developers.services.make_key import KEYS, is_bounded, mint, refuse_ended
from alicerce.apps.developers.types import KeyStatus, Maker, MintedKey, Mode, NewKey
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


@transaction()
def rotate_key(*, key_id: UUID, maker: Maker, overlap: timedelta, at: datetime) -> MintedKey:
    """A key like this one under a new secret; the old one opens for the overlap yet.

    Raises Unauthenticated, NoSuchKey, KeyNotLive, KeyAlreadyRotated, ScopeNotHeld.
    """
    hold(KEYS)
    refuse_ended(maker=maker, at=at)
    old = _lock(key_id)
    if old.status(at=at) is not KeyStatus.LIVE:
        raise KeyNotLive
    if old.replaced_by is not None:
        raise KeyAlreadyRotated
    like = _like(old)
    if not (like.scopes <= maker.permissions and is_bounded(new=like, maker=maker)):
        raise ScopeNotHeld
    heir, secret = mint(new=like, maker=maker, api_version=old.api_version)
    old.give_way(heir, until=at + overlap)
    audit.record(
        action="api_key.rotated",
        entity="api_key",
        entity_id=old.id,
        after={"replaced_by": str(heir.id), "until": (at + overlap).isoformat()},
        at=at,
    )
    assert old.expires_at is not None  # it just got one
    publish(
        ApiKeyRotated(
            at=at, api_key_id=old.id, replaced_by_id=heir.id, valid_until=old.expires_at
        )
    )
    return MintedKey(heir.id, secret)


@transaction()
def revoke_key(*, key_id: UUID, at: datetime) -> None:
    """Neither the key, nor what has its power from it, nor who these invited, opens anything; what they asked for is approved by nobody.

    Whoever stole a key that makes keys would stay in by one of those. Safe to repeat. Raises NoSuchKey.
    """
    hold(KEYS)
    _lock(key_id)
    for each in ends_with(key_id):
        key = ApiKey.objects.lock(each.id)
        if key.revoke(at=at):
            audit.record(action="api_key.revoked", entity="api_key", entity_id=key.id, at=at)
            publish(ApiKeyRevoked(at=at, api_key_id=key.id))
        for inviter in line_of(key.id):
            tenancy.withdraw_invitations_of_key(key_id=inviter, at=at)
            corrections.cancel_requested_by(requester=f"key:{inviter}", at=at)


@transaction()
def revoke_keys_of(*, user_id: UUID, at: datetime) -> None:
    """Who left opened nothing by their keys since; nor do they when they come back. Safe to repeat."""
    theirs = ApiKey.objects.filter(made_by=user_id, created_at__lte=at, revoked_at=None)
    for key_id in theirs.order_by("id").values_list("id", flat=True):
        revoke_key(key_id=key_id, at=at)


def _lock(key_id: UUID) -> ApiKey:
    try:
        return ApiKey.objects.lock(key_id)
    except ApiKey.DoesNotExist:
        raise NoSuchKey from None


def _like(old: ApiKey) -> NewKey:
    return NewKey(
        name=old.name,
        scopes=frozenset(old.scopes),
        mode=Mode(old.mode),
        networks=tuple(old.networks),
        expires_at=old.expires_at,
    )
