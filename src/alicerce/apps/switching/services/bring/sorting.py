"""Rows that are new, those that changed since they were brought, and those that did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alicerce.apps.switching.models import Link, StagedRow
from alicerce.apps.switching.queries.rows import Read
from alicerce.apps.switching.rules.tables import digest_of_plan
from alicerce.apps.switching.types import Place


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and its plan; `digest` tells whether the plan is another one than before."""

    row: StagedRow
    plan: Any
    digest: str

    @property
    def id(self) -> int:
        return int(self.row.source_id)


@dataclass(frozen=True, slots=True)
class Sorted:
    place: Place
    new: Sequence[Pair]
    changed: Sequence[tuple[Pair, Link]]
    same: Sequence[Pair]


def sort_rows(place: Place, read: Read, links: Mapping[int, Link]) -> Sorted:
    """By what the rows mean here and not by how they are written: more than one row makes a plan."""
    new, changed, same = [], [], []
    for row, reading in read:
        pair = Pair(row, reading.plan, digest_of_plan(reading.plan))
        link = links.get(pair.id)
        if link is None:
            new.append(pair)
        elif link.digest != pair.digest:
            changed.append((pair, link))
        else:
            same.append(pair)
    return Sorted(place, new, changed, same)


def ids_of(place: Place, sources: Sequence[int]) -> dict[int, UUID]:
    """What these rows are here."""
    links = Link.objects.of(place).filter(source_id__in=sources)
    return dict(links.values_list("source_id", "entity_id"))


def relink(pairs: Sequence[tuple[Pair, Link]], marks: Mapping[UUID, str]) -> None:
    """What was taken over once more, and how ours was left by that."""
    for pair, link in pairs:
        link.digest, link.mark = pair.digest, marks.get(link.entity_id, link.mark)
    Link.objects.bulk_update([link for _, link in pairs], ("digest", "mark", "beside"))
