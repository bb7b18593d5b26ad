"""Secrets at rest: every value under its own data key, wrapped by a key that is not in the database.

The associated data binds a value to its tenant, table, row and column: copied to any other place it
does not open (docs/decisions/0010).
"""

from functools import lru_cache
from hashlib import sha256
from os import urandom
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from alicerce.kernel.context import current_tenant_id

VERSION = b"\x01"
NONCE, KEY, TAG, KEY_ID = 12, 32, 16, 4
WRAPPED = NONCE + KEY + TAG


class CannotOpen(Exception):
    """The value was not sealed for this place, or its key is gone."""


class SecretField(models.BinaryField):  # type: ignore[type-arg]
    """A column that only `seal` writes and only `reveal` reads."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "default": b"", **options})


def seal(instance: models.Model, field: str, plaintext: str) -> None:
    """Put a secret into a column of this row; the row still has to be saved."""
    seal_bytes(instance, field, plaintext.encode())


def reveal(instance: models.Model, field: str) -> str:
    """The secret in the clear. Raises CannotOpen."""
    return reveal_bytes(instance, field).decode()


def seal_bytes(instance: models.Model, field: str, content: bytes) -> None:
    setattr(instance, field, encrypt(content, _place(instance, field)))


def reveal_bytes(instance: models.Model, field: str) -> bytes:
    """Raises CannotOpen."""
    return decrypt(bytes(getattr(instance, field)), _place(instance, field))


def encrypt(plaintext: bytes, place: bytes) -> bytes:
    key_id, master = _current_master()
    data_key = AESGCM.generate_key(256)
    return VERSION + key_id + lock(master, data_key, place) + lock(data_key, plaintext, place)


def decrypt(sealed: bytes, place: bytes) -> bytes:
    if sealed[:1] != VERSION:
        raise CannotOpen("not a sealed value")
    start = 1 + KEY_ID
    master = _master(sealed[1:start])
    data_key = unlock(master, sealed[start : start + WRAPPED], place)
    return unlock(data_key, sealed[start + WRAPPED :], place)


def renew(instance: models.Model, field: str) -> bool:
    """Put the secret under the current master key; False when it already is, or there is none."""
    sealed = bytes(getattr(instance, field))
    if not sealed or is_current(sealed):
        return False
    setattr(instance, field, rewrap(sealed, _place(instance, field)))
    return True


def is_current(sealed: bytes) -> bool:
    return sealed[1 : 1 + KEY_ID] == _current_master()[0]


def rewrap(sealed: bytes, place: bytes) -> bytes:
    """The same value under the current master key: how keys are rotated."""
    return encrypt(decrypt(sealed, place), place)


def lock(key: bytes, plaintext: bytes, place: bytes) -> bytes:
    """Encrypt under a key that somebody else keeps; it opens in this place only."""
    nonce = urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, place)


def unlock(key: bytes, locked: bytes, place: bytes) -> bytes:
    """Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], place)
    except (InvalidTag, ValueError) as trouble:
        raise CannotOpen("the value belongs to another place or key") from trouble


def derived_keys(purpose: str) -> dict[str, bytes]:
    """One key for this purpose from each master key, by the id of the master; the current one first."""
    return {
        _key_id(master).hex(): _derived(bytes(master), purpose)
        for master in settings.MASTER_KEYS
    }


@lru_cache(maxsize=64)
def _derived(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=purpose.encode()).derive(master)


def _place(instance: models.Model, field: str) -> bytes:
    tenant = getattr(instance, "tenant_id", None)
    owner = tenant if isinstance(tenant, UUID) else current_tenant_id()
    return f"{owner}|{instance._meta.db_table}|{instance.pk}|{field}".encode()


def _current_master() -> tuple[bytes, bytes]:
    master = settings.MASTER_KEYS[0]
    return _key_id(master), master


def _master(key_id: bytes) -> bytes:
    for master in settings.MASTER_KEYS:
        if _key_id(master) == key_id:
            return bytes(master)
    raise CannotOpen("its master key is not among ALICERCE_MASTER_KEY")


def _key_id(master: bytes) -> bytes:
    return sha256(master).digest()[:KEY_ID]
