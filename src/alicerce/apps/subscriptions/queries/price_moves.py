"""Who would pay another price of their plan, from when, and what that comes to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import PriceHistory
from alicerce.apps.subscriptions.errors import BadMove
from alicerce.apps.subscriptions.models import Item, MovedPrice
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.calendar import recurs
from alicerce.apps.subscriptions.rules.price_moves import first_start, letter_day, sums_of
from alicerce.apps.subscriptions.types import ItemKind, SubscriptionStatus
from alicerce.apps.subscriptions.types.price_moves import (
    MoveForm,
    MovePreview,
    Moving,
    PriceToCome,
)
from alicerce.kernel.money import Money

LIVE = (
    SubscriptionStatus.TRIALING,
    SubscriptionStatus.ACTIVE,
    SubscriptionStatus.PAST_DUE,
    SubscriptionStatus.SUSPENDED,
)
COLUMNS = (
    "subscription_id",
    "subscription__customer_id",
    "subscription__price_id",
    "unit_cents",
    "quantity",
    "subscription__amount_cents",
    "subscription__next_starts_on",
    "subscription__anchor_day",
    "subscription__cancel_at_period_end",
)
LONGEST_AHEAD = timedelta(days=730)


@dataclass(slots=True)
class Found:
    """Those that move, and how many do not and why."""

    rows: list[Moving] = field(default_factory=list)
    own_price: int = 0
    leaving: int = 0
    in_another: int = 0


def preview_move(*, form: MoveForm, at: datetime) -> MovePreview:
    """Nothing is written. Raises NoSuchPrice and BadMove."""
    history, today, notice_days = (
        catalog.price_history(form.price_id),
        local_date(at),
        terms().notice_days,
    )
    price_ids = _versions(history, form)
    if not recurs(history.cycle):
        raise BadMove
    if not today <= form.first_on <= today + LONGEST_AHEAD:
        raise BadMove
    found = _found(history, price_ids, form.first_on, notice_days, today)
    days = [row.effective_on for row in found.rows]
    return MovePreview(
        price_id=history.price_id,
        plan_id=history.plan_id,
        plan_name=history.plan_name,
        cycle=history.cycle,
        amount=history.amount,
        first_on=form.first_on,
        notice_days=notice_days,
        from_price_ids=price_ids,
        sums=sums_of(found.rows, cycle=history.cycle, currency=history.amount.currency),
        first_effective_on=min(days, default=None),
        last_effective_on=max(days, default=None),
        own_price=found.own_price,
        leaving=found.leaving,
        in_another=found.in_another,
        rows=found.rows,
    )


def price_to_come(subscription_id: UUID) -> PriceToCome | None:
    """What it is about to cost; None where nothing changes."""
    return prices_to_come([subscription_id]).get(subscription_id)


def prices_to_come(subscription_ids: Collection[UUID]) -> Mapping[UUID, PriceToCome]:
    rows = MovedPrice.objects.waiting().filter(subscription_id__in=subscription_ids)
    return {
        id_: PriceToCome(Money(before, currency), Money(after, currency), on)
        for id_, before, after, on, currency in rows.values_list(
            "subscription_id", "before_cents", "after_cents", "effective_on", "move__currency"
        )
    }


def has_move_letters(on: date) -> bool:
    rows = MovedPrice.objects
    return bool(rows.to_tell(on).exists() or rows.to_recall().exists())


def tenants_with_letters(on: date) -> set[UUID]:
    """Call it as the operator, outside of any tenant."""
    told = MovedPrice.objects.to_tell(on).values_list("tenant_id", flat=True)
    recalled = MovedPrice.objects.to_recall().values_list("tenant_id", flat=True)
    return {*told.distinct(), *recalled.distinct()}


def _versions(history: PriceHistory, form: MoveForm) -> tuple[UUID, ...]:
    older = {price_id for price_id, _, _ in history.older}
    if not set(form.from_price_ids) <= older:
        raise BadMove
    return tuple(sorted(form.from_price_ids or older, key=str))


def _found(
    history: PriceHistory,
    price_ids: Sequence[UUID],
    first_on: date,
    notice_days: int,
    today: date,
) -> Found:
    """In two looks, however many there are."""
    rows = (
        Item.objects.in_force()
        .filter(kind=ItemKind.PLAN, subscription__price_id__in=price_ids)
        .filter(subscription__status__in=LIVE)
        .order_by("subscription_id")
        .values_list(*COLUMNS)
    )
    taken = set(
        MovedPrice.objects.waiting()
        .filter(from_price_id__in=price_ids)
        .values_list("subscription_id", flat=True)
    )
    sold_for = {price_id: amount.cents for price_id, amount, _ in history.older}
    floor, found = max(first_on, today + timedelta(days=notice_days)), Found()

    @lru_cache(maxsize=4096)
    def days(starts_on: date, anchor_day: int) -> tuple[date, date]:
        on = first_start(
            next_starts_on=starts_on, cycle=history.cycle, anchor_day=anchor_day, floor=floor
        )
        return on, letter_day(on, notice_days=notice_days, today=today)

    for id_, customer_id, price_id, unit, quantity, cents, starts_on, anchor, leaves in rows:
        if leaves:
            found.leaving += 1
        elif id_ in taken:
            found.in_another += 1
        elif unit != sold_for[price_id]:
            found.own_price += 1
        else:
            after = cents + quantity * (history.amount.cents - unit)
            own = days(starts_on, anchor)
            found.rows.append(Moving(id_, customer_id, price_id, unit, cents, after, *own))
    return found
