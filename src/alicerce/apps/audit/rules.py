"""How the trail is sealed and verified. Standard library only, so that an auditor can run it alone.

Hashes follow RFC 6962: a leaf is prefixed with 0x00 and a node with 0x01.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from alicerce.apps.audit.types import Fault, Leaf, SealedBatch, Trail, Verdict

GENESIS = "0" * 64
FORMAT = 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATE = timedelta(minutes=2)
"""No transaction lives this long: an entry that says it is older than the seal before by more than
this was put there by hand."""


def leaf_digest(entry: dict[str, Any]) -> str:
    """The digest of an entry's whole content, serialized in one way only."""
    text = json.dumps(
        {"v": FORMAT, **entry}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
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
    text = f"{FORMAT}|{number}|{previous}|{root}|{count}|{sealed_at}"
    return sha256(text.encode()).hexdigest()


def verify(trail: Trail, *, at: datetime, kept: Collection[str] = ()) -> Verdict:
    """Whether the trail is as it was sealed; if not, the first thing that is wrong.

    `kept` are heads that somebody wrote down elsewhere: who owns the database can cut the end off
    a chain or make another one, but not one that leads through those.
    """
    fault, where = _first_fault(trail, at=at) or _fault_of_heads(trail, kept) or (None, "")
    return Verdict(
        tenant_id=trail.tenant_id,
        entries=len(trail.entries),
        sealed=sum(len(seal.leaves) for seal in trail.seals),
        head=trail.seals[-1].head if trail.seals else GENESIS,
        fault=fault,
        where=where,
    )


def _first_fault(trail: Trail, *, at: datetime) -> tuple[Fault, str] | None:
    previous = GENESIS
    since: datetime | None = None
    for number, seal in enumerate(trail.seals, start=1):
        found = _fault_of_seal(seal, number=number, previous=previous)
        found = found or _fault_of_leaves(seal.leaves, trail.entries)
        found = found or _fault_of_age(seal.leaves, since)
        if found:
            return found
        previous, since = seal.head, datetime.fromisoformat(seal.sealed_at)
    return _fault_of_unsealed(trail, since, at=at)


def _fault_of_heads(trail: Trail, kept: Collection[str]) -> tuple[Fault, str] | None:
    found = {GENESIS, *(seal.head for seal in trail.seals)}
    lost = [head for head in kept if head not in found]
    return (Fault.CUT, f"head {lost[0]}") if lost else None


def _fault_of_seal(
    seal: SealedBatch, *, number: int, previous: str
) -> tuple[Fault, str] | None:
    if seal.number != number or seal.previous != previous:
        return Fault.BROKEN_CHAIN, f"seal {number}"
    root = merkle_root([leaf.digest for leaf in seal.leaves])
    head = head_of(
        number=number,
        previous=previous,
        root=root,
        count=len(seal.leaves),
        sealed_at=seal.sealed_at,
    )
    if (root, head) != (seal.root, seal.head):
        return Fault.BROKEN_SEAL, f"seal {number}"
    return None


def _fault_of_leaves(
    leaves: Iterable[Leaf], entries: dict[str, dict[str, Any]]
) -> tuple[Fault, str] | None:
    for leaf in leaves:
        if leaf.entry_id not in entries:
            return Fault.MISSING, f"entry {leaf.entry_id}"
        if leaf_digest(entries[leaf.entry_id]) != leaf.digest:
            return Fault.EDITED, f"entry {leaf.entry_id}"
    return None


def _fault_of_age(leaves: Iterable[Leaf], since: datetime | None) -> tuple[Fault, str] | None:
    """An entry sealed too long after it says it was written was slipped in between."""
    for leaf in leaves:
        if since and written_at(leaf.entry_id) < since - LATE:
            return Fault.INSERTED, f"entry {leaf.entry_id}"
    return None


def _fault_of_unsealed(
    trail: Trail, since: datetime | None, *, at: datetime
) -> tuple[Fault, str] | None:
    sealed = {leaf.entry_id for seal in trail.seals for leaf in seal.leaves}
    for entry_id in sorted(set(trail.entries) - sealed):
        written = written_at(entry_id)
        if (since and written < since - LATE) or written > at + LATE:
            return Fault.INSERTED, f"entry {entry_id}"
    return None


def written_at(entry_id: str) -> datetime:
    """When an entry was written, whatever time its content is about: a UUIDv7 begins with milliseconds."""
    return EPOCH + timedelta(milliseconds=UUID(entry_id).int >> 80)
