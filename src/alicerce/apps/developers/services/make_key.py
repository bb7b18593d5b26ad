"""Make a key."""

from dataclasses import replace
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.developers import rules
from alicerce.apps.developers.errors import BadExpiry, BadNetwork, ScopeNotHeld
from alicerce.apps.developers.events import ApiKeyCreated
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.rules import SHOWN, new_secret, normal_networks
from alicerce.apps.developers.services.open_sandbox import open_sandbox
from alicerce.apps.developers.types import (
    API_VERSIONS,
    GIVEN_IN_PERSON,
    SCOPES,
    KeyStatus,
    Maker,
    MintedKey,
    Mode,
    NewKey,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold
from alicerce.kernel.rest.problems import Unauthenticated
from alicerce.kernel.tokens import digest

KEYS = "api keys"
"""Held by whoever makes, exchanges or revokes keys of a company: what ends sees all that it begot."""


@transaction()
def make_key(*, new: NewKey, maker: Maker, at: datetime) -> MintedKey:
    """A key and its secret, which is never known again.

    The first test key opens the company's sandbox. What bounds a key bounds those it makes.
    Raises Unauthenticated, ScopeNotHeld, BadNetwork, BadExpiry, LimitReached.
    """
    hold(KEYS)
    refuse_ended(maker=maker, at=at)
    new = _bounded(new, maker)
    _refuse_more_than_held(new, maker)
    if new.expires_at is not None and new.expires_at <= at:
        raise BadExpiry
    if new.mode is Mode.TEST:
        open_sandbox(at=at)
    key, secret = mint(new=new, maker=maker, api_version=API_VERSIONS[-1])
    tenancy.keep_within(key=LimitKey.API_KEYS, at=at)
    audit.record(
        action="api_key.made",
        entity="api_key",
        entity_id=key.id,
        after={"mode": new.mode.value, "scopes": key.scopes, "networks": key.networks},
        at=at,
    )
    publish(
        ApiKeyCreated(
            at=at,
            api_key_id=key.id,
            mode=key.mode,
            scopes=tuple(key.scopes),
            expires_at=key.expires_at,
        )
    )
    return MintedKey(key.id, secret)


def refuse_ended(*, maker: Maker, at: datetime) -> None:
    """A key that ended since it was let in begets nothing. Raises Unauthenticated."""
    if maker.key_id is not None:
        key = ApiKey.objects.filter(pk=maker.key_id).first()
        if key is None or key.status(at=at) is not KeyStatus.LIVE:
            raise Unauthenticated


def mint(*, new: NewKey, maker: Maker, api_version: str) -> tuple[ApiKey, str]:
    """The row of a new key, and its secret. Raises BadNetwork."""
    secret = new_secret(new.mode)
    key = ApiKey.objects.create(
        name=new.name,
        mode=new.mode.value,
        digest=digest(secret),
        shown=f"{secret[:SHOWN]}…",
        scopes=sorted(new.scopes),
        networks=list(_networks(new)),
        api_version=api_version,
        made_by=maker.user_id,
        made_by_key=maker.key_id,
        expires_at=new.expires_at,
    )
    return key, secret


def _bounded(new: NewKey, maker: Maker) -> NewKey:
    """What was left open is as its maker's."""
    return replace(
        new,
        networks=new.networks or maker.networks,
        expires_at=new.expires_at or maker.expires_at,
    )


def is_bounded(*, new: NewKey, maker: Maker) -> bool:
    """Whether the key opens from no more places, and no longer, than what makes it. Raises BadNetwork."""
    if rules.outlives(new.expires_at, maker.expires_at):
        return False
    return rules.lie_within(_networks(new), maker.networks)


def _refuse_more_than_held(new: NewKey, maker: Maker) -> None:
    if not new.scopes or not new.scopes <= (maker.permissions & set(SCOPES)):
        raise ScopeNotHeld
    if maker.key_id is not None and new.scopes & GIVEN_IN_PERSON:
        raise ScopeNotHeld
    if not is_bounded(new=new, maker=maker):
        raise ScopeNotHeld


def _networks(new: NewKey) -> tuple[str, ...]:
    try:
        return normal_networks(new.networks)
    except ValueError as trouble:
        raise BadNetwork from trouble
