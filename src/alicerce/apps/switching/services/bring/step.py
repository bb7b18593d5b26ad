"""One step of bringing a dump: some rows of one table, sorted into new, changed and the same."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.switching.events import BookBrought, DumpStepDue
from alicerce.apps.switching.models import Dump, Link
from alicerce.apps.switching.queries.rows import batch, readings, reference
from alicerce.apps.switching.rules.reading.values import Reference
from alicerce.apps.switching.services.bring.customers import bring_customers
from alicerce.apps.switching.services.bring.history import (
    bring_invoices,
    bring_payments,
    bring_tickets,
)
from alicerce.apps.switching.services.bring.plans import bring_plans
from alicerce.apps.switching.services.bring.services import bring_services
from alicerce.apps.switching.services.bring.sorting import Sorted, sort_rows
from alicerce.apps.switching.services.upload import locked, record
from alicerce.apps.switching.types import BROUGHT, DumpStage, Outcome, Place
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

AT_ONCE = 500
Bring = Callable[[Sorted, Dump, Reference, datetime], int]
"""Writes what is new and what changed; how many were left as people here made them."""
BRINGERS: Mapping[Place, Bring] = {
    Place.PRODUCTS: bring_plans,
    Place.ADDONS: bring_plans,
    Place.CLIENTS: bring_customers,
    Place.HOSTING: bring_services,
    Place.HOSTING_ADDONS: bring_services,
    Place.DOMAINS: bring_services,
    Place.INVOICES: bring_invoices,
    Place.PAYMENTS: bring_payments,
    Place.TICKETS: bring_tickets,
}


@transaction()
def bring_some(*, dump_id: UUID, step: int, at: datetime, most: int = AT_ONCE) -> bool:
    """Some rows, or the end of a table. False when there is nothing more to do, or this step was done."""
    dump = locked(dump_id=dump_id)
    if dump.step != step or dump.stage != DumpStage.BRINGING:
        return False
    place = Place(dump.place)
    rows = batch(dump_id, place, after=dump.after, most=most)
    if rows:
        last, fine = rows[-1].source_id, [r for r in rows if r.outcome != Outcome.REFUSED]
        _bring(dump, place, fine, at)
        dump.advance(place=place, after=last, done=len(fine))
    elif not _turn_to_next(dump, place, at=at):
        return False
    publish(DumpStepDue(at=at, import_id=dump_id, step=dump.step))
    return True


def _bring(dump: Dump, place: Place, rows: list, at: datetime) -> None:  # type: ignore[type-arg]
    ref = reference(dump.id)
    read = [
        (row, reading) for row, reading in readings(dump.id, place, rows, ref) if reading.plan
    ]
    known = Link.objects.of(place).filter(source_id__in=[row.source_id for row, _ in read])
    found = sort_rows(place, read, {link.source_id: link for link in known})
    kept = BRINGERS[place](found, dump, ref, at)
    dump.created += len(found.new)
    dump.updated += len(found.changed) - kept
    dump.same += len(found.same)
    dump.kept += kept


def _turn_to_next(dump: Dump, place: Place, *, at: datetime) -> bool:
    following = BROUGHT.index(place) + 1
    if following < len(BROUGHT):
        dump.advance(place=BROUGHT[following], after=-1, done=0)
        return True
    dump.close(DumpStage.BROUGHT, at=at)
    counts = {"created": dump.created, "updated": dump.updated, "kept": dump.kept}
    record(what="brought", dump_id=dump.id, after=counts, at=at)
    publish(BookBrought(at=at, import_id=dump.id, created=dump.created, updated=dump.updated))
    return False
