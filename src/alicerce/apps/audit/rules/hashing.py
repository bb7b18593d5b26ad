"""The hashes of the trail: anybody can compute them again.

They follow RFC 6962: a leaf is prefixed with 0x00 and a node with 0x01.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
CLEAR, CONCEALED = 1, 2
"""Formats of an entry: all in the clear and without a code, and as it is written now."""


def leaf_digest(entry: dict[str, Any]) -> str:
    """The digest of an entry's whole content, serialized in one way only."""
    text = json.dumps(
        {"v": CLEAR, **entry}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return sha256(b"\x00" + text.encode()).hexdigest()


def merkle_root(digests: Sequence[str]) -> str:
    level = [bytes.fromhex(digest) for digest in digests]
    if not level:
        return GENESIS
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = [level[-1]] if len(level) % 2 else []
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0].hex()


def head_of(*, number: int, previous: str, root: str, count: int, sealed_at: str) -> str:
    text = f"1|{number}|{previous}|{root}|{count}|{sealed_at}"
    return sha256(text.encode()).hexdigest()
