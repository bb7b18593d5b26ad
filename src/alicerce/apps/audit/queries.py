"""What the trail knows."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alicerce.apps.audit.models import Entry, Seal, SealedEntry, SubjectKey
from alicerce.apps.audit.ports import action_readers
from alicerce.apps.audit.rules.keeping import lapsed_before
from alicerce.apps.audit.types import EntryView, Leaf, SealedBatch, Trail, Unreadable
from alicerce.kernel.crypto import derived_keys
from alicerce.kernel.db import as_operator

PAGE = 50
Openers = Mapping[str, SubjectKey]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What somebody looks for; empty means anything."""

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


def unsealed_among(ids: Collection[UUID]) -> set[UUID]:
    return set(unsealed().filter(pk__in=ids).values_list("pk", flat=True))


def tenants_with_unsealed_entries() -> list[UUID]:
    with as_operator():
        return list(unsealed().values_list("tenant_id", flat=True).distinct())


def tenants_with_lapsed_visitors(*, at: datetime) -> list[UUID]:
    with as_operator():
        lapsed = SubjectKey.objects.visitors().filter(created_at__lt=lapsed_before(at))
        return list(lapsed.values_list("tenant_id", flat=True).distinct())


def keys() -> dict[str, bytes]:
    """What rows of the trail are authenticated with; it is derived, and nowhere in the database."""
    return derived_keys("alicerce.audit.v1")


def history_of(entity: str, entity_id: UUID) -> Sequence[EntryView]:
    found = Entry.objects.filter(entity=entity, entity_id=entity_id).order_by("-at", "-id")
    return _opened(list(found[:PAGE]))


def deeds_of(actor: str) -> Sequence[EntryView]:
    """What somebody did in the current tenant, the latest first."""
    found = Entry.objects.filter(_done_by(actor)).order_by("-at", "-id")
    return _opened(list(found[:PAGE]))


def entries(wanted: EntryFilter) -> Sequence[EntryView]:
    """One page of the current tenant's trail, newest first; ids are in time order."""
    return _opened(list(_matching(wanted)[: PAGE + 1]))


def entries_everywhere(wanted: EntryFilter) -> Sequence[EntryView]:
    """One page of the trail across tenants, as an operator sees it."""
    with as_operator():
        return entries(wanted)


def _matching(wanted: EntryFilter) -> QuerySet[Entry]:
    found = Entry.objects.order_by("-id")
    if wanted.tenant_id:
        found = found.filter(tenant_id=wanted.tenant_id)
    if wanted.actor:
        found = found.filter(_done_by(wanted.actor))
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.entity_id:
        found = found.filter(entity_id=wanted.entity_id)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.before_id:
        found = found.filter(id__lt=wanted.before_id)
    return found


def _done_by(actor: str) -> Q:
    """By them, or by them in somebody's place."""
    return Q(actor=actor) | Q(actor__startswith=f"{actor} for ")


def _opened(entries: Sequence[Entry]) -> list[EntryView]:
    """Entries as people may read them; one more query, and only if something is personal."""
    needed = {value["key"] for entry in entries for value in _concealed(entry)}
    found = SubjectKey.objects.filter(id__in=needed) if needed else ()
    openers = {str(key.id): key for key in found}
    return [_view(entry, openers) for entry in entries]


def _concealed(entry: Entry) -> Iterator[dict[str, str]]:
    every = (entry.before or {}).values(), (entry.after or {}).values(), [entry.address]
    return (value for values in every for value in values if _is_concealed(value))


def _is_concealed(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and value.keys() == {"key", "locked"}


def _view(entry: Entry, openers: Openers) -> EntryView:
    return EntryView(
        id=entry.id,
        tenant_id=entry.tenant_id,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        entity=entry.entity,
        entity_id=entry.entity_id,
        before=_legible(entry, "before", openers),
        after=_legible(entry, "after", openers),
        ip=_open(entry, "address", entry.address or entry.ip, openers),
    )


def _legible(entry: Entry, column: str, openers: Openers) -> dict[str, Any] | None:
    values = getattr(entry, column)
    if values is None:
        return None
    return {name: _open(entry, f"{column}.{name}", values[name], openers) for name in values}


def _open(entry: Entry, field: str, value: Any, openers: Openers) -> Any:
    if not _is_concealed(value):
        return value
    key = openers.get(value["key"])
    return key.open(value, entry.place(field)) if key else Unreadable.ERASED


def trails() -> list[Trail]:
    """Every tenant's trail, ready to be verified.

    Seals first, then what they cover: what is written meanwhile is then at worst not sealed yet.
    """
    with as_operator():
        seals = _seals_by_tenant()
        rows: dict[UUID, dict[str, Any]] = defaultdict(dict)
        macs: dict[UUID, dict[str, str]] = defaultdict(dict)
        for entry in Entry.objects.order_by("id").iterator():
            rows[entry.tenant_id][str(entry.id)] = entry.content()
            macs[entry.tenant_id][str(entry.id)] = entry.mac
    tenants = sorted({*rows, *seals}, key=str)
    return [Trail(str(t), rows[t], tuple(seals.get(t, ())), macs[t]) for t in tenants]


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
        mac=seal.mac,
    )


def action_words(action: str) -> str:
    """What an entry says happened, in the language of who reads it."""
    return action_readers["pages"](action)


def job_words(name: str) -> str:
    """What a piece of background work does, as an infinitive in the language of who reads it."""
    return action_readers["jobs"](name)
