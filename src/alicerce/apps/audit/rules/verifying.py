"""Whether a trail is as it was written and sealed, and where it is not."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit.rules.codes import Forgeries, Keys
from alicerce.apps.audit.rules.hashing import GENESIS, head_of, leaf_digest, merkle_root
from alicerce.apps.audit.types import Fault, Found, Leaf, SealedBatch, Trail, Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATE = timedelta(minutes=2)
"""No transaction lives this long: an entry that says it is older than the seal before by more than
this was put there by hand."""


def verify(
    trail: Trail, *, at: datetime, kept: Collection[str] = (), keys: Keys | None = None
) -> Verdict:
    """Whether the trail is as it was sealed; if not, the first thing that is wrong.

    `kept` are heads that somebody wrote down elsewhere: who owns the database can cut the end off
    a chain, but not one that leads through those. With `keys`, each row's code is checked as well;
    without, the chain alone.
    """
    forgeries = Forgeries(trail, keys) if keys is not None else None
    found = _first_fault(trail, forgeries, at=at) or _fault_of_heads(trail, kept)
    fault, where = found or (None, "")
    return Verdict(
        tenant_id=trail.tenant_id,
        entries=len(trail.entries),
        sealed=sum(len(seal.leaves) for seal in trail.seals),
        head=trail.seals[-1].head if trail.seals else GENESIS,
        authenticated=forgeries is not None,
        fault=fault,
        where=where,
    )


def _first_fault(trail: Trail, forgeries: Forgeries | None, *, at: datetime) -> Found:
    previous = GENESIS
    since: datetime | None = None
    for number, seal in enumerate(trail.seals, start=1):
        found = _fault_of_seal(seal, number=number, previous=previous)
        found = found or (forgeries.seal(seal) if forgeries else None)
        found = found or _fault_of_leaves(seal, trail, forgeries, since)
        if found:
            return found
        previous, since = seal.head, datetime.fromisoformat(seal.sealed_at)
    return _fault_of_unsealed(trail, forgeries, since, at=at)


def _fault_of_heads(trail: Trail, kept: Collection[str]) -> Found:
    found = {GENESIS, *(seal.head for seal in trail.seals)}
    lost = [head for head in kept if head not in found]
    return (Fault.CUT, f"head {lost[0]}") if lost else None


def _fault_of_seal(seal: SealedBatch, *, number: int, previous: str) -> Found:
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
    seal: SealedBatch, trail: Trail, forgeries: Forgeries | None, since: datetime | None
) -> Found:
    for leaf in seal.leaves:
        found = _fault_of_leaf(leaf, trail, since)
        found = found or (forgeries.entry(leaf.entry_id, under=seal) if forgeries else None)
        if found:
            return found
    return None


def _fault_of_leaf(leaf: Leaf, trail: Trail, since: datetime | None) -> Found:
    """An entry sealed too long after it says it was written was slipped in between."""
    where = f"entry {leaf.entry_id}"
    if leaf.entry_id not in trail.entries:
        return Fault.MISSING, where
    if leaf_digest(trail.entries[leaf.entry_id]) != leaf.digest:
        return Fault.EDITED, where
    if since and written_at(leaf.entry_id) < since - LATE:
        return Fault.INSERTED, where
    return None


def _fault_of_unsealed(
    trail: Trail, forgeries: Forgeries | None, since: datetime | None, *, at: datetime
) -> Found:
    sealed = {leaf.entry_id for seal in trail.seals for leaf in seal.leaves}
    for entry_id in sorted(set(trail.entries) - sealed):
        written = written_at(entry_id)
        if (since and written < since - LATE) or written > at + LATE:
            return Fault.INSERTED, f"entry {entry_id}"
        if found := forgeries.entry(entry_id, under=None) if forgeries else None:
            return found
    return None


def written_at(entry_id: str) -> datetime:
    """When an entry was written, whatever time its content is about: a UUIDv7 begins with milliseconds."""
    return EPOCH + timedelta(milliseconds=UUID(entry_id).int >> 80)
