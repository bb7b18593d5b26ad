"""What was used and not asked for yet. Set-based: as many statements for many as for one."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Sum

from alicerce.apps.metering.errors import NoSuchMeter
from alicerce.apps.metering.models import Meter, MeteredStretch, UsageRecord
from alicerce.apps.metering.rules import cents_of
from alicerce.apps.metering.types import Aggregation, MeterCard, Usage
from alicerce.kernel.money import Money

Key = tuple[UUID, UUID]

LATEST = """
    select wanted.subscription_id, wanted.meter_id, last.quantity
    from unnest(%s::uuid[], %s::uuid[]) as wanted (subscription_id, meter_id)
    cross join lateral (
        select record.quantity from metering_usagerecord as record
        where record.tenant_id = current_setting('app.tenant_id', true)::uuid
            and record.subscription_id = wanted.subscription_id
            and record.meter_id = wanted.meter_id
            and record.stretch_id is null and record.happened_at < %s
        order by record.happened_at desc, record.id desc limit 1
    ) as last
"""
"""One step down the index for each, however many records there are."""


def meters_of(plan_id: UUID) -> list[MeterCard]:
    """Those that are told, in the order they were added."""
    rows = Meter.objects.filter(plan_id=plan_id, retired_at__isnull=True).order_by("id")
    return [row.card() for row in rows]


def live_meter(meter_id: UUID) -> MeterCard:
    """One that is told. Raises NoSuchMeter."""
    try:
        row: Meter = Meter.objects.get(pk=meter_id, retired_at__isnull=True)
    except Meter.DoesNotExist:
        raise NoSuchMeter from None
    return row.card()


def with_usage_left(subscription_ids: Collection[UUID]) -> list[UUID]:
    """Those of them of which something was counted that nobody was asked to pay."""
    left = UsageRecord.objects.filter(
        subscription_id__in=subscription_ids, stretch__isnull=True
    )
    found = left.order_by("subscription_id").values_list("subscription_id", flat=True)
    return list(found.distinct())


def usage_until(
    until: datetime, *, starts: Mapping[UUID, date], on: date
) -> dict[UUID, list[Usage]]:
    """By subscription, what each meter counted before this moment; `starts` says since which day they are.

    What arrived late is among it. The stretch begins where the last one ended, and ends with this day.
    """
    sums = _sums(starts.keys(), until)
    meters = {row.id: row for row in Meter.objects.filter(pk__in={key[1] for key in sums})}
    of_last = {row.id for row in meters.values() if row.aggregation == Aggregation.LAST}
    for key, quantity in _latest([key for key in sums if key[1] in of_last], until).items():
        sums[key][Aggregation.LAST] = quantity
    before = _before(starts.keys()) if sums else {}
    found: dict[UUID, list[Usage]] = {}
    for (subscription_id, meter_id), counted in sorted(sums.items()):
        last_on, usual = before.get((subscription_id, meter_id), (starts[subscription_id], 0))
        one = _usage(meters[meter_id], subscription_id, counted, (last_on, on), usual)
        found.setdefault(subscription_id, []).append(one)
    return found


def _usage(
    meter: Meter,
    subscription_id: UUID,
    counted: Mapping[str, int],
    days: tuple[date, date],
    usual: int,
) -> Usage:
    form = meter.form()
    quantity = counted[form.aggregation]
    starts_on, on = days
    return Usage(
        subscription_id=subscription_id,
        meter_id=meter.id,
        key=form.key,
        name=form.name,
        unit=form.unit,
        quantity=quantity,
        amount=Money(cents_of(form, quantity), meter.currency),
        starts_on=starts_on,
        ends_on=max(on, date.fromordinal(starts_on.toordinal() + 1)),
        usual_cents=usual,
    )


def _sums(subscription_ids: Collection[UUID], until: datetime) -> dict[Key, dict[str, int]]:
    waiting = UsageRecord.objects.filter(
        subscription_id__among=subscription_ids, stretch__isnull=True, happened_at__lt=until
    )
    rows: Any = (
        waiting.order_by()
        .values("subscription_id", "meter_id")
        .annotate(
            all=Sum("quantity"),
            most=Max("quantity"),
        )
    )
    return {
        (row["subscription_id"], row["meter_id"]): {
            Aggregation.SUM: int(row["all"]),
            Aggregation.MAX: row["most"],
        }
        for row in rows
    }


def _latest(keys: Collection[Key], until: datetime) -> dict[Key, int]:
    """The quantity told last, of each; of the same moment, the one written last."""
    if not keys:
        return {}
    columns = [[key[0] for key in keys], [key[1] for key in keys]]
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [*columns, until])
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}


def _before(subscription_ids: Collection[UUID]) -> dict[Key, tuple[date, int]]:
    """Where the last stretch of each ended, and the most that one ever cost."""
    rows: Any = (
        MeteredStretch.objects.filter(subscription_id__in=subscription_ids)
        .order_by()
        .values("subscription_id", "meter_id")
        .annotate(last=Max("ends_on"), most=Max("amount_cents"))
    )
    return {
        (row["subscription_id"], row["meter_id"]): (row["last"], row["most"]) for row in rows
    }
