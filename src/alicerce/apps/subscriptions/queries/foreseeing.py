"""What a book would be invoiced for, by the very rules that bill it; nothing is written."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.due import DUE, discounts_of, items_of
from alicerce.apps.subscriptions.rules.renewing import Due, Renewal, renewal_of
from alicerce.apps.subscriptions.types import RUNNING, NewDiscount, SubscriptionStatus


@dataclass(frozen=True, slots=True)
class StandsNow:
    """How a subscription stands, and from when it would be billed next."""

    status: SubscriptionStatus
    amount_cents: int
    next_starts_on: date | None
    runs_on: bool


def would_renew(
    subscription_ids: Collection[UUID], *, until: date
) -> dict[UUID, list[Renewal]]:
    """Of each the periods that begin up to this day, the day included, as they would be invoiced.

    It does not matter whether they are paused: a book that is being brought here is, until it is billed here.
    """
    rows = list(
        Subscription.objects.filter(
            pk__in=list(subscription_ids),
            status__in=RUNNING,
            cancel_at_period_end=False,
            next_starts_on__lte=until,
        ).values_list(*DUE)
    )
    discounts = discounts_of([row[0] for row in rows])
    found: dict[UUID, list[Renewal]] = defaultdict(list)
    for due in _dues(rows):
        found[due.id] = list(_renewals(due, discounts.get(due.id), until))
    return found


def next_asked(
    subscription_ids: Collection[UUID], *, on: date
) -> list[tuple[date, Sequence[NewLine]]]:
    """Of each that is to be billed, the day on which its next period is invoiced, and by which lines."""
    billed = Subscription.objects.filter(
        pk__in=list(subscription_ids), next_bill_on__isnull=False
    )
    rows = list(billed.values_list(*DUE))
    days: dict[UUID, date] = {
        id_: day for id_, day in billed.values_list("id", "next_bill_on") if day
    }
    discounts = discounts_of([row[0] for row in rows])
    return [
        (
            max(days[due.id], on),
            renewal_of(replace(due, discount=discounts.get(due.id)), days_ahead=0).lines,
        )
        for due in _dues(rows)
    ]


def _dues(rows: Sequence[tuple[Any, ...]]) -> Iterator[Due]:
    items = items_of({row[0]: row[7] for row in rows})
    for (
        id_,
        customer_id,
        currency,
        cycle,
        anchor_day,
        starts_on,
        cents,
        _,
        price_id,
        *_rest,
        meets_on,
        ends_on,
    ) in rows:
        yield Due(
            id_,
            customer_id,
            currency,
            Cycle(cycle),
            anchor_day,
            starts_on,
            cents,
            items[id_],
            price_id=price_id,
            meets_on=meets_on,
            stops_on=ends_on,
        )


def standings(subscription_ids: Collection[UUID]) -> dict[UUID, StandsNow]:
    rows = Subscription.objects.filter(pk__in=list(subscription_ids)).values_list(
        "id", "status", "amount_cents", "next_starts_on", "cancel_at_period_end"
    )
    return {
        id_: StandsNow(
            SubscriptionStatus(status), cents, starts_on, status in RUNNING and not canceled
        )
        for id_, status, cents, starts_on, canceled in rows
    }


def _renewals(due: Due, discount: NewDiscount | None, until: date) -> Iterator[Renewal]:
    """One after another; a coupon is used up on the way."""
    while due.starts_on <= until:
        renewal = renewal_of(replace(due, discount=discount), days_ahead=0)
        yield renewal
        due = replace(due, starts_on=renewal.period.ends_on)
        discount = _used(discount)


def _used(discount: NewDiscount | None) -> NewDiscount | None:
    if discount is None or discount.cycles_left is None:
        return discount
    left = discount.cycles_left - 1
    return replace(discount, cycles_left=left) if left else None
