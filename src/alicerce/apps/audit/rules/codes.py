"""Authentication codes: a row was written by who holds a key that is not in the database.

A code is `<id of the master key>:<HMAC-SHA256>`. Rows from before there were codes are believed only
as far as the changeover, a seal whose own code vouches for the chain behind it.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from alicerce.apps.audit.rules.hashing import leaf_digest
from alicerce.apps.audit.types import Fault, Found, SealedBatch, Trail

Keys = Mapping[str, bytes]


def entry_words(digest: str) -> str:
    """What the code of an entry is about: its whole content, which names its id and its tenant."""
    return f"entry|{digest}"


def seal_words(tenant_id: str, head: str) -> str:
    return f"seal|{tenant_id}|{head}"


def changeover_words(tenant_id: str, head: str) -> str:
    """Said at most once in a trail, by the migration that brought the codes."""
    return f"changeover|{tenant_id}|{head}"


def authenticate(words: str, keys: Keys) -> str:
    """The code of these words under the first key."""
    key_id, key = next(iter(keys.items()))
    return f"{key_id}:{_code(words, key)}"


def is_authentic(mac: str, words: str, keys: Keys) -> bool:
    key_id, _colon, code = mac.partition(":")
    return key_id in keys and hmac.compare_digest(code, _code(words, keys[key_id]))


def _code(words: str, key: bytes) -> str:
    return hmac.new(key, words.encode(), sha256).hexdigest()


class Forgeries:
    """What of a trail nobody wrote who holds a key."""

    def __init__(self, trail: Trail, keys: Keys) -> None:
        self._trail, self._keys = trail, keys
        self._changeover = next(map(self._number, filter(self._is_changeover, trail.seals)), 0)

    def seal(self, seal: SealedBatch) -> Found:
        number, words = seal.number, seal_words(self._trail.tenant_id, seal.head)
        if number == self._changeover or is_authentic(seal.mac, words, self._keys):
            return None
        if number < self._changeover and not seal.mac:
            return None
        return Fault.FORGED, f"seal {number}"

    def entry(self, entry_id: str, *, under: SealedBatch | None) -> Found:
        """A sealed entry may be from before the changeover; one that waits for its seal is not."""
        mac = self._trail.macs.get(entry_id, "")
        if not mac and under and under.number <= self._changeover:
            return None
        words = entry_words(leaf_digest(self._trail.entries[entry_id]))
        if is_authentic(mac, words, self._keys):
            return None
        return Fault.FORGED, f"entry {entry_id}"

    def _is_changeover(self, seal: SealedBatch) -> bool:
        words = changeover_words(self._trail.tenant_id, seal.head)
        return is_authentic(seal.mac, words, self._keys)

    @staticmethod
    def _number(seal: SealedBatch) -> int:
        return seal.number
