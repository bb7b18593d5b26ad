"""Take a dump's rows out of its file, a few thousand a transaction; the file goes away then.

After an interruption it is read from its beginning: what was kept of it is thrown away.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.switching.events import DumpStepDue
from alicerce.apps.switching.models import Dump, DumpPart, StagedRow
from alicerce.apps.switching.rules.dumps import BadDump
from alicerce.apps.switching.rules.dumps import Dump as Reader
from alicerce.apps.switching.rules.files import rows_of
from alicerce.apps.switching.rules.reading.values import day
from alicerce.apps.switching.rules.tables import (
    WANTED,
    ColumnsMissing,
    Staged,
    staged,
)
from alicerce.apps.switching.services.upload import fail, locked
from alicerce.apps.switching.types import BROUGHT, DumpStage, Place
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

AT_ONCE = 2_000
MOST_ROWS = 8_000_000
NEEDED = (Place.CLIENTS, Place.CURRENCIES)


def read_dump(*, dump_id: UUID, step: int, at: datetime) -> None:
    """Nothing when this step was done."""
    if not _is_due(dump_id, step):
        return
    _begin_again(dump_id)
    try:
        rows, reader = rows_of(_parts(dump_id), wanted=WANTED)
        count = _keep_all(dump_id, step, rows)
    except (BadDump, ColumnsMissing) as bad:
        _refuse(dump_id, step, bad, at=at)
    except IntegrityError:
        _refuse(dump_id, step, BadDump("row_twice", 0), at=at)
    else:
        _finish(dump_id, step, count, reader, at=at)


@transaction()
def _is_due(dump_id: UUID, step: int) -> bool:
    return bool(Dump.objects.filter(pk=dump_id, step=step, stage=DumpStage.READING).exists())


@transaction()
def _begin_again(dump_id: UUID) -> None:
    rows = StagedRow.objects.filter(dump_id=dump_id)
    rows.delete_some(most=rows.count())


def _parts(dump_id: UUID) -> Iterator[bytes]:
    """One transaction each: what reads in between belongs to none."""
    position = 0
    while body := _part(dump_id, position):
        yield body
        position += 1


@transaction()
def _part(dump_id: UUID, position: int) -> bytes:
    own = DumpPart.objects.filter(dump_id=dump_id, position=position)
    found = own.values_list("body", flat=True).first()
    return bytes(found) if found else b""


def _keep_all(dump_id: UUID, step: int, rows: Iterator[object]) -> int:
    kept = (one for row in rows if (one := staged(row)))  # type: ignore[arg-type]
    count = 0
    while some := list(islice(kept, AT_ONCE)):
        count += len(some)
        if count > MOST_ROWS:
            raise BadDump("too_much_inside", 0)
        if not _keep(dump_id, step, some, count):
            break
    return count


@transaction()
def _keep(dump_id: UUID, step: int, rows: list[Staged], count: int) -> bool:
    """False when it was canceled meanwhile."""
    still = Dump.objects.filter(pk=dump_id, step=step, stage=DumpStage.READING)
    if not still.update(done=count):
        return False  # it waits for whoever cancels
    StagedRow.objects.keep(dump_id, rows)
    return True


@transaction()
def _refuse(dump_id: UUID, step: int, bad: BadDump | ColumnsMissing, *, at: datetime) -> None:
    dump = locked(dump_id=dump_id)
    if dump.step != step:
        return
    code, place = (bad.code, bad.place) if isinstance(bad, BadDump) else ("columns_missing", 0)
    fail(dump=dump, code=code, place=place, at=at)


@transaction()
def _finish(
    dump_id: UUID, step: int, count: int, reader: Reader | None, *, at: datetime
) -> None:
    dump = locked(dump_id=dump_id)
    if dump.step != step or dump.stage != DumpStage.READING:
        return
    there = set(
        StagedRow.objects.filter(dump_id=dump_id).values_list("place", flat=True).distinct()
    )
    if missing := [place for place in NEEDED if place not in there]:
        fail(
            dump=dump,
            code="not_a_book" if len(missing) > 1 else "columns_missing",
            place=0,
            at=at,
        )
        return
    DumpPart.objects.filter(dump_id=dump_id).delete()
    dump.rows = count
    dump.taken_on = day(reader.taken_on) if reader else None
    dump.save(update_fields=["rows", "taken_on"])
    total = StagedRow.objects.filter(dump_id=dump_id, place__in=BROUGHT).count()
    dump.enter(DumpStage.EXAMINING, place=BROUGHT[0], total=total)
    publish(DumpStepDue(at=at, import_id=dump_id, step=dump.step))
