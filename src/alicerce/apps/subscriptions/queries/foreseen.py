"""Copies of what customers keep buying, to go on with apart from the book: as many statements for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.metering import public as metering
from alicerce.apps.metering.types import Usage
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    Change,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.queries.due import LOOKS_BACK, discounts_of
from alicerce.apps.subscriptions.queries.terms import local_date, local_zone, terms
from alicerce.apps.subscriptions.rules.foreseen import Awaited, Kept, Shelf
from alicerce.apps.subscriptions.types import (
    NewItem,
    ParkReason,
    SubscriptionStatus,
)

Versions = Mapping[tuple[UUID, int], list[NewItem]]


def shelves(customer_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Shelf]:
    """Of each customer what they keep buying now. What nobody paid for yet has not begun."""
    own = Subscription.objects.live().filter(
        customer_id__in=customer_ids, started_at__isnull=False
    )
    rows = list(own.exclude(status=SubscriptionStatus.PENDING).order_by("customer_id", "id"))
    kept = _kept(rows, at)
    schedules = {
        row.customer_id: row for row in Schedule.objects.filter(customer_id__in=customer_ids)
    }
    ours = terms().card()
    found = {id_: Shelf(id_, {}, ours) for id_ in customer_ids}
    for one in kept:
        found[one.customer_id].kept[one.id] = one
    for id_, row in schedules.items():
        shelf = found[id_]
        shelf.billed_on, shelf.billing_day = row.billed_on, row.billing_day
        shelf.is_waived = row.is_waived
        if row.parked_at:
            shelf.parked = ParkReason(row.parked_reason), row.parked_detail
    return found


def subscriptions_of_invoices(
    invoice_ids: Collection[UUID],
) -> dict[UUID, tuple[UUID, ...]]:
    """What each asks to be paid for."""
    billed = BilledPeriod.objects.filter(invoice_id__in=invoice_ids).order_by("id")
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for invoice_id, subscription_id in billed.values_list("invoice_id", "subscription_id"):
        if subscription_id not in found[invoice_id]:
            found[invoice_id].append(subscription_id)
    return {id_: tuple(own) for id_, own in found.items()}


def _kept(rows: Collection[Subscription], at: datetime) -> list[Kept]:
    ids, today, zone = [row.id for row in rows], local_date(at), local_zone()
    items, discounts = _items(ids), discounts_of(ids)
    asked, changes = _asked(ids, today), _changes(ids, items)
    started = {row.id: row.started_at.astimezone(zone).date() for row in rows if row.started_at}
    usage: Mapping[UUID, list[Usage]] = metering.usage_until(at, starts=started, on=today)
    return [
        Kept(
            id=row.id,
            customer_id=row.customer_id,
            price_id=row.price_id,
            currency=row.currency,
            cycle=Cycle(row.cycle),
            anchor_day=row.anchor_day or 1,
            status=SubscriptionStatus(row.status),
            scope=row.suspend_scope,
            cause=row.suspend_cause,
            amount_cents=row.amount_cents,
            version=row.version,
            items=items.get((row.id, row.version), []),
            started_on=started[row.id],
            next_starts_on=row.next_starts_on or today,
            next_bill_on=row.next_bill_on,
            period_ends_on=row.period_ends_on or today,
            not_before=row.bill_not_before,
            ends_on=row.ends_on,
            meets_on=row.meets_on,
            cancels=row.cancel_at_period_end,
            is_paused=row.paused_at is not None,
            parent_id=row.parent_id,
            trial_ends_on=row.trial_ends_on,
            is_told=row.trial_told_at is not None,
            discount=discounts.get(row.id),
            change=changes.get(row.id),
            usage=usage.get(row.id, []),
            asked=asked[row.id],
        )
        for row in rows
    ]


def _items(ids: Collection[UUID]) -> Versions:
    found: dict[tuple[UUID, int], list[NewItem]] = defaultdict(list)
    for row in Item.objects.filter(subscription_id__in=ids).order_by("position"):
        found[row.subscription_id, row.version].append(row.sold())
    return found


def _asked(ids: Collection[UUID], today: date) -> dict[UUID, list[tuple[date, int]]]:
    lately = BilledPeriod.objects.standing().filter(
        subscription_id__in=ids, starts_on__gt=today - LOOKS_BACK
    )
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for id_, starts_on, cents in lately.values_list(
        "subscription_id", "starts_on", "amount_cents"
    ):
        found[id_].append((starts_on, cents))
    return found


def _changes(ids: Collection[UUID], items: Versions) -> dict[UUID, Awaited]:
    rows = Change.objects.open().filter(subscription_id__in=ids)
    return {
        row.subscription_id: Awaited(
            row.invoice_id,
            row.effective_on,
            row.look_on,
            row.begins,
            row.price_id,
            Cycle(row.cycle),
            row.amount_cents,
            row.version,
            items.get((row.subscription_id, row.version), []),
        )
        for row in rows
    }
