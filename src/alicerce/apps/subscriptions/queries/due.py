"""What is to be billed. Rows that a run works on are taken by it: whoever else looks passes them by."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    Change,
    Discount,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.models.renewing import FIRST
from alicerce.apps.subscriptions.queries.moves_due import at_next_price, moves_due
from alicerce.apps.subscriptions.queries.price_moves import tenants_with_letters
from alicerce.apps.subscriptions.rules.renewing import Due
from alicerce.apps.subscriptions.types import (
    ItemKind,
    NewDiscount,
    NewItem,
    SubscriptionStatus,
)
from alicerce.kernel.db import as_operator

TELL_BEFORE = timedelta(days=3)
"""So long before a trial ends its customer is written to."""
LOOKS_BACK = timedelta(days=400)
"""A year and a month: the last period of whatever renews each year is among them."""
DUE = (
    "id",
    "customer_id",
    "currency",
    "cycle",
    "anchor_day",
    "next_starts_on",
    "amount_cents",
    "version",
    "price_id",
    "status",
    "started_at",
    "order__trial_card",
    "meets_on",
    "ends_on",
)


def claim_schedules(
    on: date, *, most: int, only: Collection[UUID] | None = None
) -> dict[UUID, bool]:
    """Customers who are to be billed, and whether the bounds are waived. Taken until the transaction ends."""
    due = Schedule.objects.due(on)
    if only is not None:
        due = due.filter(customer_id__in=only)
    rows = (
        due.order_by("next_bill_on", "customer_id")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .values_list("customer_id", "is_waived")
    )
    return dict(rows[:most])


def claim_due(on: date, *, customer_ids: Collection[UUID], zone: ZoneInfo) -> list[Due]:
    """The subscriptions of these customers whose time has come, by customer."""
    rows = (
        Subscription.objects.due(on)
        .filter(customer_id__among=customer_ids)
        .order_by("customer_id", "id")
        .select_for_update(of=("self",), no_key=True)
        .values_list(*DUE)
    )
    found = list(rows)
    ids = [row[0] for row in found]
    plans = {row[0]: (Cycle(row[3]), row[7], row[8]) for row in found}
    plans.update(_next_plans({row[0]: row[5] for row in found}))
    items = items_of({id_: version for id_, (_, version, _price) in plans.items()})
    moves = moves_due(
        {row[0]: row[5] for row in found},
        {id_: price_id for id_, (_, _version, price_id) in plans.items()},
        {id_: version for id_, (_, version, _price) in plans.items()},
    )
    for id_, move in moves.items():
        items[id_] = at_next_price(items[id_], move)
        plans[id_] = (plans[id_][0], move.version, move.price_id)
    usual, discounts = _usual(ids, on), discounts_of(ids)
    return [
        Due(
            id_,
            customer_id,
            currency,
            plans[id_][0],
            anchor_day,
            starts_on,
            max(usual[id_], cents if plans[id_][1] == FIRST else _sum(items[id_])),
            items[id_],
            discounts.get(id_),
            plans[id_][2],
            plans[id_][1],
            status == SubscriptionStatus.TRIALING,
            started_at.astimezone(zone).date(),
            moves.get(id_),
            pays_by_card and status == SubscriptionStatus.TRIALING,
            meets_on,
            ends_on,
        )
        for id_, customer_id, currency, _, anchor_day, starts_on, cents, _, _, status, started_at, pays_by_card, meets_on, ends_on in found
    ]


def due_customers(on: date) -> int:
    return int(Schedule.objects.due(on).count())


def has_due(on: date) -> bool:
    return bool(Schedule.objects.due(on).exists())


def ending_subscriptions(on: date, *, limit: int) -> list[UUID]:
    """Those whose last day is over."""
    return list(Subscription.objects.ending(on).values_list("id", flat=True)[:limit])


def tenants_with_work(at: datetime) -> list[UUID]:
    """Who may have something to bill or to end, wherever they are. Call it outside of any tenant."""
    tomorrow = at.date() + timedelta(days=1)  # somewhere it is tomorrow already
    with as_operator():
        due = Schedule.objects.due(tomorrow).values_list("tenant_id", flat=True)
        ending = Subscription.objects.ending(tomorrow).values_list("tenant_id", flat=True)
        over = Change.objects.over(tomorrow).values_list("tenant_id", flat=True)
        tried = Subscription.objects.trials_to_tell(tomorrow + TELL_BEFORE)
        trials = tried.values_list("tenant_id", flat=True)
        return sorted(
            {
                *due.distinct(),
                *ending.distinct(),
                *over.distinct(),
                *trials.distinct(),
                *tenants_with_letters(tomorrow),
            }
        )


def has_trials_to_tell(on: date) -> bool:
    return bool(Subscription.objects.trials_to_tell(on + TELL_BEFORE).exists())


def _next_plans(starts: Mapping[UUID, date]) -> dict[UUID, tuple[Cycle, int, UUID]]:
    """Cycle, version and price of the plans that begin with the period that is to be invoiced."""
    scheduled = Change.objects.scheduled().filter(subscription_id__among=list(starts))
    rows = scheduled.values_list(
        "subscription_id", "effective_on", "cycle", "version", "price_id"
    )
    return {
        id_: (Cycle(cycle), version, price_id)
        for id_, effective_on, cycle, version, price_id in rows
        if effective_on <= starts[id_]
    }


def items_of(versions: Mapping[UUID, int]) -> dict[UUID, list[NewItem]]:
    """Of each subscription the items of one version."""
    rows = (
        Item.objects.filter(subscription_id__among=list(versions))
        .order_by("subscription_id", "position")
        .values_list(
            "subscription_id", "version", "kind", "description", "quantity", "unit_cents"
        )
    )
    found: dict[UUID, list[NewItem]] = defaultdict(list)
    for id_, version, kind, description, quantity, unit_cents in rows:
        if version == versions[id_]:
            found[id_].append(NewItem(ItemKind(kind), description, quantity, unit_cents))
    return found


def discounts_of(subscription_ids: Sequence[UUID]) -> dict[UUID, NewDiscount]:
    """What coupons still promise."""
    kept = Discount.objects.filter(subscription_id__among=subscription_ids)
    rows = kept.exclude(cycles_left=0).values_list(
        "subscription_id", "description", "percent_bp", "amount_cents", "cycles_left"
    )
    return {
        id_: NewDiscount(words, percent_bp, cents, left)
        for id_, words, percent_bp, cents, left in rows
    }


def _sum(items: Sequence[NewItem]) -> int:
    """Of a plan that somebody confirmed: no mistake, however much more it is."""
    return sum(item.total_cents for item in items)


def _usual(subscription_ids: Sequence[UUID], on: date) -> dict[UUID, int]:
    """The most that each was asked for in one period lately."""
    lately = BilledPeriod.objects.standing().filter(
        subscription_id__among=subscription_ids, starts_on__gt=on - LOOKS_BACK
    )
    found: dict[UUID, int] = defaultdict(int)
    found.update(
        lately.order_by().values_list("subscription_id").annotate(most=Max("amount_cents"))
    )
    return found
