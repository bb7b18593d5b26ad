"""Seal what was recorded."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from alicerce.apps.audit import queries
from alicerce.apps.audit.models import Seal, SealedEntry
from alicerce.apps.audit.rules.codes import authenticate, seal_words
from alicerce.apps.audit.rules.hashing import GENESIS, head_of, leaf_digest, merkle_root
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

CHUNK = 5000


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
        sealed_at=at.astimezone(UTC).isoformat(),
    )
    seal = Seal.objects.create(
        number=number,
        previous=previous,
        root=root,
        head=head,
        count=len(digests),
        sealed_at=at,
        mac=authenticate(seal_words(str(current_tenant_id()), head), queries.keys()),
    )
    SealedEntry.objects.bulk_create(
        (
            SealedEntry(seal=seal, entry_id=entry_id, position=position, digest=digest)
            for position, (entry_id, digest) in enumerate(digests.items())
        ),
        batch_size=CHUNK,
    )
