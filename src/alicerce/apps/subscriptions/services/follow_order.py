"""A subscription is born with its order, starts when that is paid for, and ends when it is canceled."""

from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.catalog.types import ItemKind as SoldKind
from alicerce.apps.customers import public as customers
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.types import LineCard, LineItem
from alicerce.apps.subscriptions.events import AddonAdded, SubscriptionStarted
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    Discount,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.queries.changing import items_in_force
from alicerce.apps.subscriptions.queries.limits import units_of
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.rules.calendar import first_period, recurs
from alicerce.apps.subscriptions.services.change_standing import end
from alicerce.apps.subscriptions.services.follow_parent import tell_limits_of_parent
from alicerce.apps.subscriptions.services.hold import held_schedule, reschedule
from alicerce.apps.subscriptions.types import (
    EndCause,
    ItemKind,
    NewDiscount,
    NewItem,
    SubscriptionStatus,
)
from alicerce.apps.subscriptions.types.backfill import First
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

KINDS = {SoldKind.PLAN: ItemKind.PLAN, SoldKind.OPTION: ItemKind.OPTION}
"""What is charged in every cycle; set-up is not among it."""


def items_of_line(*, line: LineCard) -> list[NewItem]:
    """What was sold by this line, at the prices of that day: the one place that knows."""
    return [
        NewItem(
            KINDS[item.kind],
            _words(item, line),
            item.quantity,
            item.unit_cents,
            item.option_id,
            item.choice_id,
        )
        for item in line.items
        if item.kind in KINDS
    ]


def discount_of_line(*, line: LineCard) -> NewDiscount | None:
    """What its coupon promises of the cycles to come; None when it was for the first alone, and that is paid."""
    found = line.discount
    charged = 0 if line.trial_days else 1  # by the order itself
    if found is None or found.cycles == charged:
        return None
    with translation.override(customers.customer(line.customer_id).locale):
        words = _("Cupom %(code)s") % {"code": found.code}
    left = None if found.cycles is None else found.cycles - charged
    return NewDiscount(words, found.percent_bp, found.amount_cents, left)


def first_charge(*, line: LineCard) -> int:
    """What the first period cost, in cents: less the coupon, and without what is charged once."""
    off = line.discount.shares if line.discount else (0,) * len(line.items)
    sold = zip(line.items, off, strict=True)
    return sum(item.cents - share for item, share in sold if item.kind in KINDS)


def _words(item: LineItem, line: LineCard) -> str:
    return line.description if item.kind == SoldKind.PLAN else item.name


@transaction()
def open_subscriptions(*, order_id: UUID, at: datetime) -> int:
    """One for each line that renews, pending until the order is paid. Safe to repeat; how many are new."""
    order = orders.order(order_id)
    renewing = [line for line in order.lines if recurs(Cycle(line.cycle))]
    renewing.sort(key=lambda line: line.goes_along)  # a parent before its add-ons
    known = set(
        Subscription.objects.filter(order_id=order_id).values_list("line_id", flat=True)
    )
    new = [line for line in renewing if line.id not in known]
    for line in new:
        open_line(line=line, at=at)
    return len(new)


@transaction()
def start_subscriptions(*, order_id: UUID, invoice_id: UUID, at: datetime) -> None:
    """Begin the first period of what was paid for, on the local day of the payment. Safe to repeat.

    What begins later begins on its own day, where it was paid for before.
    """
    open_subscriptions(order_id=order_id, at=at)
    starts_on = orders.order(order_id).starts_on
    if starts_on and starts_on > local_date(at):
        return
    paid_at = billing.invoice(invoice_id).paid_at or at
    day = max(local_date(paid_at), starts_on or local_date(paid_at))
    for subscription_id, customer_id in pending_of(order_id=order_id):
        schedule = held_schedule(customer_id=customer_id)
        subscription = Subscription.objects.lock(subscription_id)
        _start(subscription, schedule, invoice_id, day, at=at if starts_on else paid_at)
        reschedule(customer_ids=[customer_id])


@transaction()
def drop_subscriptions(*, order_id: UUID, at: datetime) -> None:
    """End what was never paid for. Safe to repeat."""
    for subscription_id, _customer_id in pending_of(order_id=order_id):
        end(subscription_id=subscription_id, cause=EndCause.ORDER_CANCELED, at=at)


def pending_of(*, order_id: UUID) -> list[tuple[UUID, UUID]]:
    pending = Subscription.objects.filter(order_id=order_id, status=SubscriptionStatus.PENDING)
    return list(pending.order_by("id").values_list("id", "customer_id"))


def open_line(*, line: LineCard, at: datetime) -> bool:
    """Its subscription, pending; False when it has one. Within a transaction of whoever asks."""
    items = items_of_line(line=line)
    subscription = Subscription(
        customer_id=line.customer_id,
        order_id=line.order_id,
        line_id=line.id,
        parent_id=_parent_of(line),
        price_id=line.price_id,
        description=line.description,
        cycle=line.cycle,
        currency=line.amount.currency,
        amount_cents=sum(item.total_cents for item in items),
    )
    if not Subscription.objects.add_once(subscription):
        return False
    Item.write(subscription, items)
    if promised := discount_of_line(line=line):
        Discount.promise(subscription, promised)
    audit.record(
        action="subscription.opened",
        entity="subscription",
        entity_id=subscription.id,
        after={
            "line_id": line.id,
            "cycle": line.cycle,
            "amount_cents": subscription.amount_cents,
            "currency": subscription.currency,
        },
        at=at,
    )
    return True


def _parent_of(line: LineCard) -> UUID | None:
    """That of the plan it was bought together with; it was opened before."""
    if not line.goes_along:
        return None
    found = Subscription.objects.filter(order_id=line.order_id, parent__isnull=True)
    return UUID(str(found.values_list("id", flat=True).get()))


def _start(
    subscription: Subscription,
    schedule: Schedule,
    invoice_id: UUID,
    day: date,
    *,
    at: datetime,
) -> None:
    paid = first_period(starts_on=day, cycle=Cycle(subscription.cycle))
    first = First(invoice_id, paid, paid)
    begin(subscription=subscription, schedule=schedule, first=first, at=at)


def begin(
    *, subscription: Subscription, schedule: Schedule, first: First, at: datetime
) -> None:
    """Start what is pending; anything else stays as it is. Whoever asks holds the schedule and the row."""
    paid, running, invoice_id = first.paid, first.running, first.invoice_id
    if not subscription.start(
        running,
        anchor_day=schedule.billing_day or paid.starts_on.day,
        days_ahead=terms().days_ahead,
        at=at,
    ):
        return
    charged = first_charge(line=orders.line(subscription.line_id))
    BilledPeriod.objects.create(
        subscription=subscription,
        starts_on=paid.starts_on,
        ends_on=paid.ends_on,
        invoice_id=invoice_id,
        amount_cents=charged,
        currency=subscription.currency,
    )
    billing.defer_sale(
        invoice_id=invoice_id,
        subscription_id=subscription.id,
        amount=Money(charged, subscription.currency),
        period=paid,
        at=at,
    )
    audit.record(
        action="subscription.started",
        entity="subscription",
        entity_id=subscription.id,
        before={"status": "pending"},
        after={
            "status": "active",
            "starts_on": running.starts_on,
            "ends_on": running.ends_on,
            "invoice_id": invoice_id,
        },
        at=at,
    )
    publish(
        SubscriptionStarted(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
        )
    )
    if subscription.parent_id:
        _tell_of_addon(subscription, running.starts_on, at=at)


def _tell_of_addon(addon: Subscription, starts_on: date, *, at: datetime) -> None:
    """What it was bought together with has it from its first day on."""
    assert addon.parent_id, "it is one"
    publish(
        AddonAdded(
            at=at,
            subscription_id=addon.parent_id,
            addon_id=addon.id,
            customer_id=addon.customer_id,
            price_id=addon.price_id,
            starts_on=starts_on,
            quantity=units_of(items_in_force(addon)),
        )
    )
    tell_limits_of_parent(addon=addon, at=at)
