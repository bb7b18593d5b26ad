"""Subscriptions that another program billed until now: they run, and wait to be billed here.

They are paused from their first moment: delivered, and not billed. `begin_billing` ends that for all of them,
without skipping a day; nothing else is different about them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    Change,
    Discount,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.models.subscription import SubscriptionQuerySet
from alicerce.apps.subscriptions.queries.terms import terms
from alicerce.apps.subscriptions.services.hold import reschedule
from alicerce.apps.subscriptions.types import (
    EndCause,
    ItemKind,
    NewDiscount,
    NewItem,
    Scope,
    SubscriptionStatus,
    SuspendCause,
)
from alicerce.kernel.bulk import update_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

SUSPENDED, ENDED = SubscriptionStatus.SUSPENDED, SubscriptionStatus.ENDED


@dataclass(frozen=True, slots=True)
class Course:
    """How something goes on renewing: what it costs, how often, from which day, and how it stands."""

    amount: Money
    cycle: Cycle
    next_starts_on: date
    anchor_day: int
    status: SubscriptionStatus
    suspend_cause: SuspendCause | None = None
    ends_with_period: bool = False
    discount: NewDiscount | None = None


@dataclass(frozen=True, slots=True)
class OldSubscription:
    customer_id: UUID
    order_id: UUID
    line_id: UUID
    price_id: UUID
    description: str
    kind: ItemKind
    started_at: datetime
    course: Course


@transaction(shared=True)
def take_over(*, subscriptions: Sequence[OldSubscription], at: datetime) -> list[UUID]:
    """Write them down, in their order. No fact is said: nothing is delivered, held or billed by it."""
    rows = [_row(old, at) for old in subscriptions]
    Subscription.objects.bulk_create(rows)
    pairs = list(zip(rows, subscriptions, strict=True))
    Item.objects.bulk_create(_item(row, old) for row, old in pairs)
    _promise([(row, old.course) for row, old in pairs])
    Schedule.objects.bulk_create(
        [Schedule(customer_id=id_) for id_ in {old.customer_id for old in subscriptions}],
        ignore_conflicts=True,
    )
    return [row.id for row in rows]


@transaction(shared=True)
def follow(*, courses: Mapping[UUID, Course], at: datetime) -> None:
    """What the other program changed meanwhile. Only of those that are not billed here yet."""
    rows = {row.id: row for row in _waiting(courses).select_for_update(of=("self",))}
    for id_, row in rows.items():
        _set(row, courses[id_], at)
    Subscription.objects.bulk_update(rows.values(), FOLLOWED)
    update_rows(
        Item,
        ("id", "unit_cents"),
        [
            (item_id, courses[id_].amount.cents)
            for item_id, id_ in Item.objects.filter(
                subscription_id__in=list(rows), position=1
            ).values_list("id", "subscription_id")
        ],
    )
    Discount.objects.filter(subscription_id__in=list(rows)).delete()
    _promise([(row, courses[id_]) for id_, row in rows.items()])


@transaction(shared=True)
def begin_billing(*, subscription_ids: Collection[UUID], at: datetime) -> int:
    """Bill these from their next period on, whenever that was due. How many had waited for it."""
    own = _waiting(subscription_ids)
    Schedule.objects.filter(customer_id__in=own.values("customer_id")).select_for_update(
        of=("self",), no_key=True
    )
    rows = list(own.select_for_update(of=("self",)))
    days_ahead = terms().days_ahead
    for row in rows:
        row.paused_at = None
        row.plan_next_bill(days_ahead=days_ahead)
    Subscription.objects.bulk_update(rows, ("paused_at", "next_bill_on"))
    reschedule(customer_ids=list({row.customer_id for row in rows}))
    return len(rows)


@transaction(shared=True)
def give_back_subscriptions(*, subscription_ids: Collection[UUID]) -> list[UUID]:
    """Forget those that were never billed here, with their items; the ids of the others."""
    ids = list(subscription_ids)
    billed = BilledPeriod.objects.filter(subscription_id__in=ids)
    changed = Change.objects.filter(subscription_id__in=ids)
    kept = {
        *billed.values_list("subscription_id", flat=True),
        *changed.values_list("subscription_id", flat=True),
    }
    going = [id_ for id_ in ids if id_ not in kept]
    customers = set(
        Subscription.objects.filter(pk__in=going).values_list("customer_id", flat=True)
    )
    for model in (Item, Discount):
        model.objects.filter(subscription_id__in=going).delete()
    rows = Subscription.objects.filter(pk__in=going)
    rows.delete_some(most=rows.count())
    staying = Subscription.objects.filter(customer_id__in=customers)
    gone = customers - set(staying.values_list("customer_id", flat=True))
    Schedule.objects.filter(customer_id__in=gone, parked_at__isnull=True).delete()
    return sorted(kept)


def marks(*, subscription_ids: Collection[UUID]) -> dict[UUID, str]:
    """What each is like: another mark than before, and somebody changed it."""
    rows = Subscription.objects.filter(pk__in=list(subscription_ids)).values_list(
        "id", "amount_cents", "cycle", "next_starts_on", "anchor_day", "status", "version",
        "cancel_at_period_end", "paused_at",
    )  # fmt: skip
    return {row[0]: "|".join(map(str, row[1:-1])) + f"|{row[-1] is None}" for row in rows}


FOLLOWED = (
    "amount_cents", "cycle", "anchor_day", "period_starts_on", "period_ends_on", "next_starts_on",
    "status", "suspend_scope", "suspend_cause", "ended_at", "end_cause", "paused_at",
    "cancel_at_period_end", "ends_on",
)  # fmt: skip


def _waiting(subscription_ids: Collection[UUID]) -> SubscriptionQuerySet:
    rows: SubscriptionQuerySet = Subscription.objects.filter(
        pk__in=list(subscription_ids), paused_at__isnull=False, next_bill_on__isnull=True
    )
    return rows


def _row(old: OldSubscription, at: datetime) -> Subscription:
    row = Subscription(
        id=uuid7(),
        customer_id=old.customer_id,
        order_id=old.order_id,
        line_id=old.line_id,
        price_id=old.price_id,
        description=old.description,
        currency=old.course.amount.currency,
        started_at=old.started_at,
    )
    _set(row, old.course, at)
    return row


def _set(row: Subscription, course: Course, at: datetime) -> None:
    row.amount_cents, row.cycle = course.amount.cents, course.cycle.value
    row.anchor_day, row.status = course.anchor_day, course.status
    row.next_starts_on = row.period_ends_on = course.next_starts_on
    row.period_starts_on = billing.edge_before(
        course.next_starts_on,
        day_of_month=course.anchor_day,
        step=billing.step_of(course.cycle),
    )
    row.suspend_scope = Scope.ALL if course.status == SUSPENDED else ""
    row.suspend_cause = course.suspend_cause or "" if course.status == SUSPENDED else ""
    row.ended_at = at if course.status == ENDED else None
    row.end_cause = EndCause.STAFF if course.status == ENDED else ""
    row.paused_at = None if course.status == ENDED else row.paused_at or at
    row.cancel_at_period_end = course.ends_with_period and course.status != ENDED
    row.ends_on = course.next_starts_on if row.cancel_at_period_end else None


def _item(row: Subscription, old: OldSubscription) -> Item:
    sold = NewItem(old.kind, old.description, 1, old.course.amount.cents)
    return Item(
        subscription=row,
        position=1,
        kind=sold.kind,
        description=sold.description,
        quantity=sold.quantity,
        unit_cents=sold.unit_cents,
    )


def _promise(pairs: Sequence[tuple[Subscription, Course]]) -> None:
    Discount.objects.bulk_create(
        Discount(
            subscription=row,
            description=course.discount.description,
            percent_bp=course.discount.percent_bp,
            amount_cents=course.discount.amount_cents,
            cycles_left=course.discount.cycles_left,
        )
        for row, course in pairs
        if course.discount
    )
