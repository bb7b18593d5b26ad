"""What is sold on account: it runs at once, and its first days are asked for with the customer's next invoice."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.events import SubscriptionStarted
from alicerce.apps.subscriptions.models import Discount, Item, Schedule, Subscription
from alicerce.apps.subscriptions.queries.terms import terms
from alicerce.apps.subscriptions.services.hold import held_schedule, reschedule
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem, SubscriptionStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Onto:
    """The subscription that an add-on is sold onto, and where its first period ends."""

    parent_id: UUID
    anchor_day: int
    meets_on: date


@dataclass(frozen=True, slots=True)
class OnAccount:
    """A delivered order line that renews, and the first day that is asked for."""

    customer_id: UUID
    order_id: UUID
    line_id: UUID
    price_id: UUID
    description: str
    cycle: Cycle
    amount: Money
    starts_on: date
    onto: Onto | None = None
    items: tuple[NewItem, ...] = ()
    """What the amount is the sum of; the line alone when nothing else is said."""
    discount: NewDiscount | None = None

    @property
    def sold(self) -> tuple[NewItem, ...]:
        alone = NewItem(ItemKind.PLAN, self.description, 1, self.amount.cents)
        return self.items or (alone,)


@transaction(shared=True)
def begin_on_account(*, sold: OnAccount, at: datetime) -> UUID:
    """Begin it. All that a customer has on account is asked for on one day of the month.

    That day is the first thing's; what comes later is asked for up to it by its days, and whole from then
    on; an add-on is asked for with what it is sold onto. A line begins once: the database refuses a second
    time.
    """
    schedule = held_schedule(customer_id=sold.customer_id)
    if schedule.billing_day is None and sold.onto is None:
        schedule.choose_day(sold.starts_on.day)
    subscription = _row(sold, schedule, at)
    subscription.save(force_insert=True)
    Item.write(subscription, sold.sold)
    if sold.discount:
        Discount.promise(subscription, sold.discount)
    reschedule(customer_ids=[sold.customer_id])
    _tell(subscription, sold, at=at)
    return UUID(str(subscription.id))


def _row(sold: OnAccount, schedule: Schedule, at: datetime) -> Subscription:
    """Its last period is none yet, and ends where the first one begins."""
    row = Subscription(
        customer_id=sold.customer_id,
        order_id=sold.order_id,
        line_id=sold.line_id,
        price_id=sold.price_id,
        description=sold.description,
        status=SubscriptionStatus.ACTIVE,
        cycle=sold.cycle.value,
        currency=sold.amount.currency,
        amount_cents=sold.amount.cents,
        started_at=at,
        anchor_day=sold.onto.anchor_day if sold.onto else schedule.billing_day,
        parent_id=sold.onto.parent_id if sold.onto else None,
        meets_on=sold.onto.meets_on if sold.onto else None,
        period_ends_on=sold.starts_on,
        next_starts_on=sold.starts_on,
    )
    row.plan_next_bill(days_ahead=terms().days_ahead)
    return row


def _tell(subscription: Subscription, sold: OnAccount, *, at: datetime) -> None:
    audit.record(
        action="subscription.opened",
        entity="subscription",
        entity_id=subscription.id,
        after={
            "line_id": sold.line_id,
            "cycle": sold.cycle,
            "amount_cents": sold.amount.cents,
            "currency": sold.amount.currency,
            "starts_on": sold.starts_on,
        },
        at=at,
    )
    publish(
        SubscriptionStarted(
            at=at,
            subscription_id=subscription.id,
            customer_id=sold.customer_id,
            line_id=sold.line_id,
        )
    )
