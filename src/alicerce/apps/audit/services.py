"""What the audit trail does: record, and seal what was recorded."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import queries
from alicerce.apps.audit.models import Entry, Seal, SealedEntry
from alicerce.apps.audit.rules import GENESIS, head_of, leaf_digest, merkle_root
from alicerce.kernel.context import current
from alicerce.kernel.db import in_transaction, transaction
from alicerce.kernel.locks import hold

CHUNK = 5000


def record(
    *,
    action: str,
    entity: str,
    entity_id: UUID | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    """Write down a change, in the transaction that makes it. Never give it a secret."""
    if not in_transaction():
        raise AssertionError(f"{action} recorded outside of the transaction that does it")
    who = current()
    Entry.objects.create(
        at=at,
        actor=who.signature,
        action=action,
        entity=entity,
        entity_id=entity_id,
        before=_plain(before),
        after=_plain(after),
        ip=who.ip,
        trace_id=who.trace_id,
    )


@transaction()
def seal_entries(*, at: datetime) -> int:
    """Seal what no seal covers yet; how many entries that was.

    An entry whose transaction commits late is simply covered by a later seal: nothing is skipped,
    because what is looked for is the absence of a seal and not a place in a sequence. A backlog gets
    one seal, however long it is: what it left out would look as if it had been slipped in later.
    """
    hold("audit.seal")
    waiting = queries.unsealed().order_by("at", "id").iterator(chunk_size=CHUNK)
    digests = {entry.id: leaf_digest(entry.content()) for entry in waiting}
    if digests:
        _seal(digests, at=at)
    return len(digests)


def _seal(digests: Mapping[UUID, str], *, at: datetime) -> None:
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.head) if last else (1, GENESIS)
    root = merkle_root(list(digests.values()))
    head = head_of(
        number=number,
        previous=previous,
        root=root,
        count=len(digests),
        sealed_at=at.isoformat(),
    )
    seal = Seal.objects.create(
        number=number,
        previous=previous,
        root=root,
        head=head,
        count=len(digests),
        sealed_at=at,
    )
    SealedEntry.objects.bulk_create(
        (
            SealedEntry(seal=seal, entry_id=entry_id, position=position, digest=digest)
            for position, (entry_id, digest) in enumerate(digests.items())
        ),
        batch_size=CHUNK,
    )


def _plain(values: Mapping[str, Any] | None) -> Any:
    """The values in types that JSON keeps exactly, so that the digest can be computed again."""
    return None if values is None else json.loads(json.dumps(dict(values), default=str))
