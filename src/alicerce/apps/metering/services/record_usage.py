"""Keep what was used: each record once, whoever repeats it and however often."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.metering.models import Meter, UsageRecord
from alicerce.apps.metering.ports import metered_of
from alicerce.apps.metering.rules import refusal_of
from alicerce.apps.metering.types import Fate, Metered, NewRecord, Receipt
from alicerce.kernel.db import transaction

Meters = Mapping[tuple[UUID, str, str], Meter]
REUSED = "identifier_reused"


@transaction()
def record_usage(*, records: Sequence[NewRecord], at: datetime) -> list[Receipt]:
    """What became of each. One that is refused stops no other; said again, a record is known."""
    used = metered_of({record.subscription_id for record in records})
    meters = _meters({one.plan_id for one in used.values()})
    why = [_refusal(record, used, meters, at) for record in records]
    good = [record for record, code in zip(records, why, strict=True) if not code]
    mine = _write(good, used, meters)
    kept = _kept(good)
    return [
        Receipt(record.identifier, Fate.REFUSED, code) if code else _receipt(record, mine, kept)
        for record, code in zip(records, why, strict=True)
    ]


def _meters(plan_ids: set[UUID]) -> Meters:
    """What is told, of the plan and in the currency that its subscription has."""
    rows = Meter.objects.filter(plan_id__in=plan_ids, retired_at__isnull=True)
    return {(row.plan_id, row.currency, row.key): row for row in rows}


def _refusal(
    record: NewRecord,
    used: Mapping[UUID, Metered],
    meters: Meters,
    at: datetime,
) -> str:
    one = used.get(record.subscription_id)
    meter = meters.get((one.plan_id, one.currency, record.meter)) if one else None
    return refusal_of(record, one, form=meter.form() if meter else None, at=at)


def _write(
    good: Sequence[NewRecord],
    used: Mapping[UUID, Metered],
    meters: Meters,
) -> dict[str, UUID]:
    """The ids that they have where nobody was there before."""
    rows = {
        record.identifier: UsageRecord(
            identifier=record.identifier,
            subscription_id=record.subscription_id,
            meter_id=_meter_of(record, used[record.subscription_id], meters),
            quantity=record.quantity,
            happened_at=record.happened_at,
        )
        for record in reversed(good)
    }
    in_order = [rows[identifier] for identifier in sorted(rows)]  # nobody waits in a circle
    UsageRecord.objects.bulk_create(in_order, ignore_conflicts=True)
    return {identifier: row.id for identifier, row in rows.items()}


def _meter_of(record: NewRecord, used: Metered, meters: Meters) -> UUID:
    found: UUID = meters[used.plan_id, used.currency, record.meter].id
    return found


def _kept(good: Sequence[NewRecord]) -> dict[str, UsageRecord]:
    said = [record.identifier for record in good]
    rows = UsageRecord.objects.filter(identifier__in=said).select_related("meter")
    return {row.identifier: row for row in rows}


def _receipt(
    record: NewRecord, mine: dict[str, UUID], kept: Mapping[str, UsageRecord]
) -> Receipt:
    """Twice in one request, the first is kept and the second is known."""
    row = kept[record.identifier]
    said = (row.subscription_id, row.meter.key, row.quantity, row.happened_at)
    asked = (record.subscription_id, record.meter, record.quantity, record.happened_at)
    if said != asked:
        return Receipt(record.identifier, Fate.REFUSED, REUSED)
    is_new = mine.pop(record.identifier, None) == row.id
    return Receipt(record.identifier, Fate.ACCEPTED if is_new else Fate.KNOWN)
