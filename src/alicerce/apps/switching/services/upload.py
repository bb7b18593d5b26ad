"""Keep a dump until it was read, begin to bring what it holds, and call it off."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.audit import public as audit
from alicerce.apps.switching.errors import (
    AlreadyHere,
    AnotherAtWork,
    DumpEmpty,
    DumpTooLarge,
    NoSuchDump,
    NotReady,
)
from alicerce.apps.switching.events import DumpStepDue
from alicerce.apps.switching.models import Dump, DumpPart, StagedRow, Switch
from alicerce.apps.switching.rules.files import LARGEST
from alicerce.apps.switching.types import BROUGHT, Course, DumpStage
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

PART = 1024 * 1024
KEPT = timedelta(days=45)
"""Rows of people are kept for a purpose: to bring them, and to compare."""


@transaction()
def upload_dump(*, parts: Iterable[bytes], filename: str, user_id: UUID, at: datetime) -> UUID:
    """Raises DumpEmpty, DumpTooLarge, AnotherAtWork, AlreadyHere."""
    if held_switch().course != Course.BESIDE:
        raise AlreadyHere
    dump = Dump(owner_id=user_id, filename=filename[-120:])
    try:
        with transaction():
            dump.save(force_insert=True)
    except IntegrityError:
        raise AnotherAtWork from None
    size = 0
    for position, body in enumerate(_stretches(parts)):
        size += len(body)
        if size > LARGEST:
            raise DumpTooLarge
        DumpPart.objects.create(dump=dump, position=position, body=body)
    if not size:
        raise DumpEmpty
    record(what="uploaded", dump_id=dump.id, after={"bytes": size}, at=at)
    publish(DumpStepDue(at=at, import_id=dump.id, step=dump.step))
    return UUID(str(dump.id))


@transaction()
def start_bringing(*, dump_id: UUID, servers: Mapping[str, str], at: datetime) -> bool:
    """Bring what was examined; `servers` are those there, by name, and ours. False when it was started.

    Raises NoSuchDump, NotReady, AnotherAtWork, AlreadyHere.
    """
    if held_switch().course != Course.BESIDE:
        raise AlreadyHere
    dump = locked(dump_id=dump_id)
    if dump.stage in {DumpStage.BRINGING, DumpStage.BROUGHT}:
        return False
    newest = Dump.objects.exclude(
        stage__in=[DumpStage.FAILED, DumpStage.CANCELED]
    ).newest_first()
    if dump.stage != DumpStage.EXAMINED or newest.first() != dump:
        raise NotReady
    dump.map_servers(servers)
    total = StagedRow.objects.filter(dump_id=dump_id, place__in=BROUGHT).to_bring().count()
    dump.enter(DumpStage.BRINGING, place=BROUGHT[0], total=total)
    record(what="started", dump_id=dump_id, after={"rows": total}, at=at)
    publish(DumpStepDue(at=at, import_id=dump_id, step=dump.step))
    return True


@transaction()
def cancel_dump(*, dump_id: UUID, at: datetime) -> bool:
    """Read or bring no more of it; what was brought stays. False when it was over. Raises NoSuchDump."""
    dump = locked(dump_id=dump_id)
    if dump.stage in {DumpStage.BROUGHT, DumpStage.FAILED, DumpStage.CANCELED}:
        return False
    dump.close(DumpStage.CANCELED, at=at)
    forget_rows(dump_id=dump_id)
    record(
        what="canceled", dump_id=dump_id, after={"place": dump.place, "done": dump.done}, at=at
    )
    return True


@transaction()
def abandon_dump(*, dump_id: UUID, step: int, code: str, at: datetime) -> bool:
    """The job that was to go on from here died for good, or the file is not what it should be."""
    dump = locked(dump_id=dump_id)
    return dump.step == step and fail(dump=dump, code=code, place=0, at=at)


def fail(*, dump: Dump, code: str, place: int, at: datetime) -> bool:
    """Part of its caller's transaction."""
    if not dump.fail(code, place, at=at):
        return False
    DumpPart.objects.filter(dump_id=dump.id).delete()
    record(what="failed", dump_id=dump.id, after={"code": code}, at=at)
    return True


@transaction()
def forget_old_dumps(*, at: datetime) -> int:
    """Rows that nobody needs any more: of older dumps, and of all once the book is here."""
    over = Dump.objects.exclude(
        stage__in=[DumpStage.READING, DumpStage.EXAMINING, DumpStage.BRINGING]
    )
    old = list(over.filter(created_at__lt=at - KEPT).values_list("id", flat=True))
    for dump_id in old:
        forget_rows(dump_id=dump_id)
    return len(old)


def forget_rows(*, dump_id: UUID) -> None:
    for model in (DumpPart, StagedRow):
        rows = model.objects.filter(dump_id=dump_id)
        rows.delete_some(most=rows.count())


def held_switch() -> Switch:
    """How far the company is, held until the transaction ends."""
    Switch.objects.bulk_create([Switch()], ignore_conflicts=True)
    held: Switch = Switch.objects.select_for_update(of=("self",), no_key=True).get()
    return held


def locked(*, dump_id: UUID) -> Dump:
    """Raises NoSuchDump."""
    try:
        dump: Dump = Dump.objects.lock(dump_id)
    except Dump.DoesNotExist:
        raise NoSuchDump from None
    return dump


def record(*, what: str, dump_id: UUID, after: Mapping[str, object], at: datetime) -> None:
    audit.record(
        action=f"switching.{what}",
        entity="switching_import",
        entity_id=dump_id,
        after=after,
        at=at,
    )


def _stretches(parts: Iterable[bytes]) -> Iterator[bytes]:
    """As they are kept, however they came."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) >= PART:
            yield bytes(waiting[:PART])
            del waiting[:PART]
    if waiting:
        yield bytes(waiting)
