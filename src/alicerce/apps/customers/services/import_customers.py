"""Take customers in from a file: read it, then a few lines at a time, each exactly once."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import (
    BadCustomer,
    ColumnsMissing,
    CustomerTaken,
    FileTooLarge,
    NoSuchFile,
    UnreadableFile,
)
from alicerce.apps.customers.events import CustomersImported, ImportStepDue
from alicerce.apps.customers.models import CustomerImport, ImportFault, Tier
from alicerce.apps.customers.queries.exchange import all_lines, next_lines
from alicerce.apps.customers.rules import fold
from alicerce.apps.customers.rules.sheets import (
    HEADER,
    LARGEST,
    MOST_ROWS,
    NAMES,
    REQUIRED,
    BadSheet,
    read_row,
    repeats,
    survey,
)
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.types import Exchange, Profile, RowFault, RowOutcome
from alicerce.apps.tenancy.errors import LimitReached
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

WAITS = timedelta(hours=24)


@transaction()
def upload_import(*, raw: bytes, filename: str, user_id: UUID, at: datetime) -> UUID:
    """Keep a file until somebody says which column is what. Raises UnreadableFile, FileTooLarge."""
    if len(raw) > LARGEST:
        raise FileTooLarge
    try:
        layout = survey(raw)
    except BadSheet:
        raise UnreadableFile from None
    if layout.total > MOST_ROWS:
        raise FileTooLarge
    if layout.total < 1:
        raise UnreadableFile
    kept = CustomerImport.objects.create(
        owner_id=user_id,
        filename=filename[-120:],
        content=raw,
        layout=asdict(layout),
        total=layout.total,
    )
    _record("uploaded", kept, {"total": layout.total}, at=at)
    return UUID(str(kept.id))


@transaction()
def start_import(*, import_id: UUID, columns: dict[str, int], at: datetime) -> bool:
    """False when it was started before. Raises NoSuchFile, ColumnsMissing."""
    if any(field not in columns for field in REQUIRED) or columns.keys() - NAMES.keys():
        raise ColumnsMissing
    source = _locked(import_id)
    tiers = _tiers()
    read = (read_row(cells, columns, tiers) for cells in all_lines(source))
    if not source.start(columns, repeats(read)):
        return False
    _record("started", source, {"fields": sorted(columns)}, at=at)
    publish(ImportStepDue(at=at, import_id=import_id, position=0))
    return True


@transaction()
def take_import_step(*, import_id: UUID, position: int, at: datetime) -> None:
    """The lines from this position on. Once they were read, the same step does nothing more."""
    source = _locked(import_id)
    if source.state != Exchange.RUNNING or source.position != position:
        return
    tiers = _tiers()
    outcomes, faults = [], []
    for line, cells in enumerate(next_lines(source), start=position + HEADER + 1):
        twice = source.repeat_at(line)
        found = [twice] if twice else read_row(cells, source.columns, tiers)
        outcome, wrong = _take(found, import_id, at=at)
        outcomes.append(outcome)
        faults += [
            ImportFault(source=source, line=line, field=f.field, code=f.code) for f in wrong
        ]
    ImportFault.objects.bulk_create(faults, ignore_conflicts=True)
    source.advance(outcomes, at=at)
    if source.state == Exchange.RUNNING:
        publish(ImportStepDue(at=at, import_id=import_id, position=source.position))
    else:
        counts = {"created": source.created, "known": source.known, "wrong": source.wrong}
        _record("finished", source, counts, at=at)
        publish(CustomersImported(at=at, import_id=import_id, created=source.created))


def _tiers() -> dict[str, UUID]:
    return {fold(tier.name): tier.id for tier in Tier.objects.all()}


def _take(
    found: Profile | list[RowFault], import_id: UUID, *, at: datetime
) -> tuple[RowOutcome, list[RowFault]]:
    """Who is known already is left alone: the same file twice creates nobody twice."""
    if not isinstance(found, Profile):
        return RowOutcome.WRONG, found
    try:
        create_customer(profile=found, at=at, brought_by=import_id)
    except CustomerTaken:
        return RowOutcome.KNOWN, []
    except LimitReached:
        return RowOutcome.WRONG, [RowFault("name", "limit_reached")]
    except BadCustomer as refused:
        return RowOutcome.WRONG, [RowFault(refused.field, "bad_value")]
    return RowOutcome.CREATED, []


@transaction()
def cancel_import(*, import_id: UUID, at: datetime) -> bool:
    """No further line is read; who was created stays. False when it was over. Raises NoSuchFile."""
    source = _locked(import_id)
    if not source.cancel(at=at):
        return False
    _record("canceled", source, {"position": source.position}, at=at)
    return True


@transaction()
def abandon_import(*, import_id: UUID, position: int, at: datetime) -> bool:
    """The job that was to read on from here died for good. False when it was not waited for."""
    source = _locked(import_id)
    if source.position != position or not source.fail(at=at):
        return False
    _record("failed", source, {"position": position}, at=at)
    return True


@transaction()
def forget_uploads(*, at: datetime) -> int:
    """Cancel what nobody started for a day: a file of people is kept for a purpose; how many."""
    waiting = CustomerImport.objects.filter(state=Exchange.WAITING, created_at__lt=at - WAITS)
    ids = waiting.order_by("id").values_list("id", flat=True)
    return sum(cancel_import(import_id=import_id, at=at) for import_id in ids)


def _locked(import_id: UUID) -> CustomerImport:
    try:
        source: CustomerImport = CustomerImport.objects.lock_without_file(import_id)
    except CustomerImport.DoesNotExist:
        raise NoSuchFile from None
    return source


def _record(
    what: str, source: CustomerImport, after: Mapping[str, object], *, at: datetime
) -> None:
    audit.record(
        action=f"customer_import.{what}",
        entity="customer_import",
        entity_id=source.id,
        after=after,
        at=at,
    )
