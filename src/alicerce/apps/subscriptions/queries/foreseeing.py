"""What a book would be invoiced for, by the very rules that bill it; nothing is written."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

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
    items = items_of({row[0]: row[7] for row in rows})
    discounts = discounts_of([row[0] for row in rows])
    found: dict[UUID, list[Renewal]] = defaultdict(list)
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
    ) in rows:
        due = Due(
            id_,
            customer_id,
            currency,
            Cycle(cycle),
            anchor_day,
            starts_on,
            cents,
            items[id_],
            price_id=price_id,
        )
        found[id_] = list(_renewals(due, discounts.get(id_), until))
    return found


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
