"""Say of each row what would become of it. Nothing of the book is written: a table a transaction, once."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.customers import public as customers
from alicerce.apps.switching.events import BookExamined, DumpStepDue
from alicerce.apps.switching.models import Dump, Link, StagedRow
from alicerce.apps.switching.queries.rows import Read, batch, readings, reference
from alicerce.apps.switching.rules.balancing import sums_of
from alicerce.apps.switching.rules.reading.values import Reference
from alicerce.apps.switching.services.upload import locked, record
from alicerce.apps.switching.types import BROUGHT, DumpStage, Outcome, Place, Remark
from alicerce.kernel.bulk import update_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

AT_ONCE = 1_000


@transaction()
def examine(*, dump_id: UUID, step: int, at: datetime) -> None:
    """One table; nothing when this step was done."""
    dump = locked(dump_id=dump_id)
    if dump.step != step or dump.stage != DumpStage.EXAMINING:
        return
    place = Place(dump.place)
    counted, sums = _examine_place(dump, place, reference(dump_id))
    dump.count_rows(place, [counted[outcome] for outcome in Outcome], sums)
    following = BROUGHT.index(place) + 1
    if following < len(BROUGHT):
        dump.advance(place=BROUGHT[following], after=-1, done=sum(counted.values()))
        publish(DumpStepDue(at=at, import_id=dump_id, step=dump.step))
        return
    dump.close(DumpStage.EXAMINED, at=at)
    refused = sum(numbers[2] for numbers in dump.counts.values())
    record(
        what="examined", dump_id=dump_id, after={"rows": dump.rows, "refused": refused}, at=at
    )
    publish(BookExamined(at=at, import_id=dump_id, rows=dump.rows, refused=refused))


def _examine_place(
    dump: Dump, place: Place, ref: Reference
) -> tuple[Counter[Outcome], Counter[str]]:
    counted: Counter[Outcome] = Counter()
    sums: Counter[str] = Counter()
    after, seen = -1, _Seen()
    while rows := batch(dump.id, place, after=after, most=AT_ONCE):
        read = readings(dump.id, place, rows, ref)
        said = _said(read, place, seen)
        update_rows(StagedRow, ("id", "outcome", "remarks"), said)
        sums.update(sums_of(place, [reading.plan for _, reading in read if reading.plan]))
        counted.update(Outcome(outcome) for _, outcome, _ in said)
        after = rows[-1].source_id
    return counted, sums


class _Seen:
    """Documents and addresses of the clients before, within one dump."""

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()


def _said(read: Read, place: Place, seen: _Seen) -> list[tuple[UUID, str, str]]:
    more = _about_clients(read, seen) if place == Place.CLIENTS else {}
    found = []
    for row, reading in read:
        remarks = [*reading.remarks, *more.get(row.source_id, ())]
        outcome = reading.outcome
        if outcome == Outcome.OK and remarks:
            outcome = Outcome.WARNED
        told = json.dumps([[one.code, one.said] for one in remarks])
        found.append((row.id, outcome.value, told))
    return found


def _about_clients(read: Read, seen: _Seen) -> dict[int, Sequence[Remark]]:
    """Who is a customer here already, and who is there twice."""
    plans = {row.source_id: reading.plan.profile for row, reading in read if reading.plan}
    known = customers.known_customers(
        documents={profile.document for profile in plans.values() if profile.document},
        emails={profile.email for profile in plans.values()},
    )
    ours = set(
        Link.objects.of(Place.CLIENTS)
        .filter(source_id__in=list(plans))
        .values_list("source_id", flat=True)
    )
    found: dict[int, Sequence[Remark]] = {}
    for id_, profile in plans.items():
        pair = (profile.email, profile.document)
        is_known = (
            profile.document in known.documents
            if profile.document
            else profile.email in known.emails
        )
        if id_ not in ours and is_known:
            found[id_] = [Remark("known_customer", profile.email)]
        elif pair in seen.pairs:
            found[id_] = [Remark("same_client", profile.email)]
        elif profile.document and profile.document in seen.documents:
            found[id_] = [Remark("document_repeated", profile.document)]
        seen.pairs.add(pair)
        seen.documents.add(profile.document)
    return found
