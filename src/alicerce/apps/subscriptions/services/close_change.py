"""A change that was confirmed comes into force, or is not waited for any longer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.types import InvoiceStatus, LineKind, LineView
from alicerce.apps.billing.types.contests import SETTLED
from alicerce.apps.subscriptions.errors import ChangeUnderWay, NoChange
from alicerce.apps.subscriptions.events import (
    SubscriptionChanged,
    SubscriptionItemsChanged,
    SubscriptionPriceChanged,
)
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    Change,
    MovedPrice,
    Subscription,
)
from alicerce.apps.subscriptions.queries.allowing import is_billed
from alicerce.apps.subscriptions.queries.changing import anchor_after
from alicerce.apps.subscriptions.queries.limits import limits_of
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.follow_parent import tell_limits_of_parent
from alicerce.apps.subscriptions.services.hold import held, reschedule
from alicerce.apps.subscriptions.services.keep_units import keep_units
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangeStatus, DropCause
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def apply_paid_change(*, invoice_id: UUID, at: datetime) -> bool:
    """What was paid for is in force. False when this invoice is of no open change. Safe to repeat."""
    change = _held(Change.objects.open().filter(invoice_id=invoice_id).first())
    if change is None or billing.invoice(invoice_id).status not in SETTLED:
        return False
    bring_into_force(change=change, subscription=_subscription(change), at=at)
    return True


@transaction()
def drop_voided_change(*, invoice_id: UUID, at: datetime) -> bool:
    """Somebody voided its invoice: nobody pays for it any more. Safe to repeat."""
    change = _held(Change.objects.open().filter(invoice_id=invoice_id).first())
    return change is not None and drop(
        change=change, subscription=_subscription(change), cause=DropCause.VOIDED, at=at
    )


@transaction()
def settle_change(*, change_id: UUID, at: datetime) -> bool:
    """On its day a change begins; one that nobody paid in time is not waited for. Safe to repeat."""
    change = _held(Change.objects.over(local_date(at)).filter(pk=change_id).first())
    if change is None:
        return False
    subscription = _subscription(change)
    if change.status == ChangeStatus.SCHEDULED:
        bring_into_force(change=change, subscription=subscription, at=at)
        return True
    if not drop(
        change=change, subscription=subscription, cause=DropCause.UNPAID, at=at
    ) and _is_paid(change):
        bring_into_force(change=change, subscription=subscription, at=at)
    return True


@transaction()
def withdraw_change(*, subscription_id: UUID, at: datetime) -> None:
    """Stay with the plan. Raises NoSuchSubscription, NoChange, ChangeUnderWay."""
    subscription = held(subscription_id=subscription_id)
    change = Change.objects.of(subscription_id)
    if change is None:
        raise NoChange
    if not drop(change=change, subscription=subscription, cause=DropCause.WITHDRAWN, at=at):
        raise ChangeUnderWay


def close_before_end(*, subscription: Subscription, at: datetime) -> None:
    """What ends waits for no change: one that was paid for is in force before. It is held already."""
    change = Change.objects.of(subscription.id)
    if change is None or drop(
        change=change, subscription=subscription, cause=DropCause.CANCELED, at=at
    ):
        return
    if change.status == ChangeStatus.AWAITING and _is_paid(change):
        bring_into_force(change=change, subscription=subscription, at=at)


def drop(*, change: Change, subscription: Subscription, cause: DropCause, at: datetime) -> bool:
    """Close it, and take its invoice back. False when that is paid, or its period is billed already."""
    if is_billed(change, subscription) or not _take_back(change, at=at):
        return False
    change.drop(cause, at=at)
    MovedPrice.objects.wait_again(change.id)
    keep_units(subscription=subscription)
    _wait_no_longer(subscription)
    audit.record(
        action="subscription.change_dropped",
        entity="subscription",
        entity_id=subscription.id,
        after={"change_id": change.id, "cause": cause.value},
        at=at,
    )
    return True


def bring_into_force(*, change: Change, subscription: Subscription, at: datetime) -> None:
    """What was confirmed is what the subscription is from now on. Whoever delivers hears of it."""
    if subscription.status == SubscriptionStatus.ENDED:
        change.drop(DropCause.CANCELED, at=at)
        return
    before = {"price_id": subscription.price_id, "amount_cents": subscription.amount_cents}
    subscription.adopt(change.sold())
    keep_units(subscription=subscription)
    if change.begins:
        _begin_again(change, subscription, at)
    if change.invoice_id and change.kind == ChangeKind.PLAN:
        for line in billing.invoice_detail(change.invoice_id).lines:
            if line.kind == LineKind.DEBIT:
                _write_period(change, line, at)
    if change.kind == ChangeKind.PLAN:
        MovedPrice.objects.leave(subscription.id, at=at)
    change.finish(at=at)
    _wait_no_longer(subscription)
    _tell(change, subscription, before, at)


def _begin_again(change: Change, subscription: Subscription, at: datetime) -> None:
    assert change.begins
    asked = BilledPeriod.objects.standing().filter(subscription_id=subscription.id)
    for row in asked.filter(starts_on__gte=change.begins.starts_on):
        row.release(at=at)
    anchor_day = anchor_after(subscription, change.begins.starts_on)
    subscription.begin_again(change.begins, anchor_day=anchor_day)


def _write_period(change: Change, line: LineView, at: datetime) -> None:
    """These days are asked for by the invoice of the change."""
    assert line.starts_on, "lines of a change are for days"
    assert line.ends_on, "lines of a change are for days"
    asked = BilledPeriod.objects.standing().filter(subscription_id=change.subscription_id)
    before = asked.filter(starts_on=line.starts_on).first()
    if before:
        before.release(at=at)
    BilledPeriod.objects.create(
        subscription_id=change.subscription_id,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        invoice_id=_invoice_of(change),
        amount_cents=line.total.cents,
        currency=line.total.currency,
        version=change.version,
        is_part=before.is_part if before else change.begins is None,
    )


def _take_back(change: Change, *, at: datetime) -> bool:
    """Whether nobody is asked for it any more."""
    if change.status != ChangeStatus.AWAITING:
        return True
    try:
        billing.void_invoice(
            invoice_id=_invoice_of(change), at=at, reason="Mudança de plano desfeita"
        )
    except InvoiceNotOpen:
        return billing.invoice(_invoice_of(change)).status == InvoiceStatus.UNCOLLECTIBLE
    return True


def _is_paid(change: Change) -> bool:
    return billing.invoice(_invoice_of(change)).status in SETTLED


def _invoice_of(change: Change) -> UUID:
    assert change.invoice_id, "it waits for one"
    return UUID(str(change.invoice_id))


def _wait_no_longer(subscription: Subscription) -> None:
    subscription.wait(None, days_ahead=terms().days_ahead)
    reschedule(customer_ids=[subscription.customer_id])


def _held(change: Change | None) -> Change | None:
    """The same, under the lock of its subscription, if it still is open."""
    if change is None:
        return None
    held(subscription_id=change.subscription_id)
    found: Change | None = Change.objects.open().filter(pk=change.id).first()
    return found


def _subscription(change: Change) -> Subscription:
    """It is held already."""
    found: Subscription = Subscription.objects.get(pk=change.subscription_id)
    return found


def _tell(
    change: Change, subscription: Subscription, before: dict[str, object], at: datetime
) -> None:
    audit.record(
        action="subscription.changed",
        entity="subscription",
        entity_id=subscription.id,
        before=before,
        after={
            "price_id": change.price_id,
            "amount_cents": change.amount_cents,
            "invoice_id": change.invoice_id,
        },
        at=at,
    )
    if change.kind == ChangeKind.ITEMS:
        publish(_items_changed(subscription, at))
        tell_limits_of_parent(addon=subscription, at=at)
        return
    if change.kind == ChangeKind.PRICE:
        publish(_price_changed(change, subscription, before, at))
        return
    publish(
        SubscriptionChanged(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
            price_id=change.price_id,
            spec=change.spec,
        )
    )


def _price_changed(
    change: Change, subscription: Subscription, before: Mapping[str, object], at: datetime
) -> SubscriptionPriceChanged:
    return SubscriptionPriceChanged(
        at=at,
        subscription_id=subscription.id,
        customer_id=subscription.customer_id,
        price_id=change.price_id,
        before_cents=int(str(before["amount_cents"])),
        after_cents=change.amount_cents,
        currency=change.currency,
    )


def _items_changed(subscription: Subscription, at: datetime) -> SubscriptionItemsChanged:
    return SubscriptionItemsChanged(
        at=at,
        subscription_id=subscription.id,
        customer_id=subscription.customer_id,
        line_id=subscription.line_id,
        limits=limits_of(subscription.id),
    )
