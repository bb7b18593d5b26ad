"""What the trail knows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alicerce.apps.audit.models import Entry, Seal, SealedEntry
from alicerce.apps.audit.types import Leaf, SealedBatch, Trail
from alicerce.kernel.db import as_operator

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What an operator looks for; empty means anything."""

    actor: str = ""
    action: str = ""
    entity_id: UUID | None = None
    tenant_id: UUID | None = None
    since: datetime | None = None
    before_id: UUID | None = None


def unsealed() -> Any:
    """Entries of the current tenant, or of all under the operator role, that no seal covers."""
    covered = SealedEntry.objects.filter(tenant=OuterRef("tenant"), entry_id=OuterRef("id"))
    return Entry.objects.filter(~Exists(covered))


def tenants_with_unsealed_entries() -> list[UUID]:
    with as_operator():
        return list(unsealed().values_list("tenant_id", flat=True).distinct())


def history_of(entity: str, entity_id: UUID) -> Sequence[Entry]:
    found = Entry.objects.filter(entity=entity, entity_id=entity_id).order_by("-at", "-id")
    return list(found[:PAGE])


def deeds_of(actor: str) -> Sequence[Entry]:
    """What somebody did in the current tenant, the latest first."""
    alone_or_for_another = Q(actor=actor) | Q(actor__startswith=f"{actor} for ")
    return list(Entry.objects.filter(alone_or_for_another).order_by("-at", "-id")[:PAGE])


def entries(wanted: EntryFilter) -> Sequence[Entry]:
    """One page of the trail across tenants, newest first; ids are in time order."""
    found = Entry.objects.order_by("-id")
    if wanted.tenant_id:
        found = found.filter(tenant_id=wanted.tenant_id)
    if wanted.actor:
        found = found.filter(actor=wanted.actor)
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.entity_id:
        found = found.filter(entity_id=wanted.entity_id)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.before_id:
        found = found.filter(id__lt=wanted.before_id)
    with as_operator():
        return list(found[: PAGE + 1])


def trails() -> list[Trail]:
    """Every tenant's trail, ready to be verified.

    Seals first, then what they cover: what is written meanwhile is then at worst not sealed yet.
    """
    with as_operator():
        seals = _seals_by_tenant()
        rows: dict[UUID, dict[str, Any]] = defaultdict(dict)
        for entry in Entry.objects.order_by("id").iterator():
            rows[entry.tenant_id][str(entry.id)] = entry.content()
    tenants = sorted({*rows, *seals}, key=str)
    return [Trail(str(t), rows.get(t, {}), tuple(seals.get(t, ()))) for t in tenants]


def _seals_by_tenant() -> dict[UUID, list[SealedBatch]]:
    made = list(Seal.objects.order_by("tenant_id", "number"))
    leaves: dict[UUID, list[Leaf]] = defaultdict(list)
    for row in SealedEntry.objects.order_by("seal_id", "position").iterator():
        leaves[row.seal_id].append(Leaf(str(row.entry_id), row.digest))
    seals: dict[UUID, list[SealedBatch]] = defaultdict(list)
    for seal in made:
        seals[seal.tenant_id].append(_batch(seal, leaves[seal.id]))
    return seals


def _batch(seal: Seal, leaves: Sequence[Leaf]) -> SealedBatch:
    return SealedBatch(
        number=seal.number,
        previous=seal.previous,
        root=seal.root,
        head=seal.head,
        sealed_at=seal.sealed_at.isoformat(),
        leaves=tuple(leaves),
    )
