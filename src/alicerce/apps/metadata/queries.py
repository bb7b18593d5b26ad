"""Reads of metadata."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alicerce.apps.metadata.models import Datum
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.rest.answers import Row

NOTHING: Mapping[str, str] = {}


def metadata_of(
    *, kind: ThingKind, thing_ids: Collection[UUID]
) -> Mapping[UUID, dict[str, str]]:
    """By thing; nothing where nothing stands on it."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = Datum.objects.filter(kind=kind, thing_id__in=thing_ids).order_by("name")
    for thing_id, name, value in rows.values_list("thing_id", "name", "value"):
        found[thing_id][name] = value
    return found


def with_metadata(rows: Sequence[Row], *, kind: ThingKind) -> list[Row]:
    """The rows as programs read them, each with what stands on it."""
    found = metadata_of(kind=kind, thing_ids=[row["id"] for row in rows])
    return [{**row, "metadata": found.get(row["id"], {})} for row in rows]


def having(wanted: Mapping[str, str], *, kind: ThingKind) -> Q:
    """Of the rows of a thing: those on which all of this stands."""
    condition = Q()
    for name, value in wanted.items():
        there = Datum.objects.filter(kind=kind, name=name, value=value, thing_id=OuterRef("pk"))
        condition &= Q(Exists(there))
    return condition
