"""Subscriptions as what uses something."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from alicerce.apps.catalog import public as catalog
from alicerce.apps.metering import public as metering
from alicerce.apps.metering.types import MeterCard, Metered, Usage
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, local_zone
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.kernel.money import Money

HOLD = """
    select id from subscriptions_subscription
    where tenant_id = current_setting('app.tenant_id', true)::uuid and id = any(%s)
    order by id for share
"""
"""Together with others who record, and apart from whoever bills: they wait for each other."""


def metered(subscription_ids: Collection[UUID]) -> dict[UUID, Metered]:
    """Those of these that there are, held against their billing until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [list(subscription_ids)])
    rows = Subscription.objects.filter(pk__in=subscription_ids)
    found = list(rows.values_list("id", "price_id", "started_at", "status", "currency"))
    plans = _plans({row[1] for row in found})
    return {
        id_: Metered(
            id_, plans[price_id], started_at, status != SubscriptionStatus.ENDED, currency
        )
        for id_, price_id, started_at, status, currency in found
    }


def _plans(price_ids: Collection[UUID]) -> dict[UUID, UUID]:
    return {id_: plan_id for id_, (plan_id, _) in catalog.plans_of_prices(price_ids).items()}


def midnight(on: date) -> datetime:
    """When this day begins, where the company is."""
    return midnight_in(local_zone(), on)


def midnight_in(zone: ZoneInfo, on: date) -> datetime:
    return datetime.combine(on, time(), zone)


def usage_so_far(subscription_id: UUID, *, at: datetime) -> list[Usage]:
    """By meter, what it counted and nobody was asked for yet; every meter of its plan, however little."""
    found = Subscription.objects.filter(pk=subscription_id).first()
    if found is None or found.started_at is None or found.status == SubscriptionStatus.ENDED:
        return []
    since, today = local_date(found.started_at), local_date(at)
    used = metering.usage_until(at, starts={found.id: since}, on=today)
    counted = {one.meter_id: one for one in used.get(found.id, [])}
    plan_id = _plans([found.price_id])[found.price_id]
    own = [
        counted.pop(meter.id, _nothing(found.id, meter, since))
        for meter in metering.meters_of(plan_id)
        if meter.currency == found.currency
    ]
    return [*own, *counted.values()]


def _nothing(subscription_id: UUID, meter: MeterCard, since: date) -> Usage:
    form = meter.form
    nothing = Money(0, meter.currency)
    until = since + timedelta(days=1)
    return Usage(
        subscription_id, meter.id, form.key, form.name, form.unit, 0, nothing, since, until
    )
