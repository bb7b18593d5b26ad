"""Offer what was paid, or is tried, to the apps that deliver."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.orders.errors import CardFirst, NoSuchOrder, NoTrialToBegin
from alicerce.apps.orders.events import LineReady, TrialBegun
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.ports import card_holders
from alicerce.apps.orders.types import ON_TRIAL, OrderStatus
from alicerce.apps.taxes.public import local_day
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def release_order(*, order_id: UUID, at: datetime, paid_by: str = "") -> None:
    """Offer every line of a paid order to the apps that deliver, now or on its first day. Safe to repeat."""
    order = Order.objects.lock(order_id)
    if not order.release(paid_by=paid_by):
        return
    audit.record(action="order.released", entity="order", entity_id=order.id, at=at)
    if order.starts_on and order.starts_on > local_day(at):
        order.wake(order.starts_on)
        return
    offer_lines(order=order, at=at)


@transaction(shared=True)
def offer_lines(*, order: Order, at: datetime) -> None:
    """Each line once. It is held already."""
    for line in Line.objects.filter(order_id=order.id).order_by("id"):
        if line.deliver():
            _offer(line, order, at=at)


@transaction()
def begin_trial(*, order_id: UUID, at: datetime) -> bool:
    """Deliver what is tried first. False when it began before. Raises NoSuchOrder, NoTrialToBegin, CardFirst."""
    try:
        order: Order = Order.objects.lock(order_id)
    except Order.DoesNotExist:
        raise NoSuchOrder from None
    if not order.trial_days or order.status == OrderStatus.CANCELED:
        raise NoTrialToBegin
    if order.status != OrderStatus.AWAITING_PAYMENT:
        return False
    if order.trial_card and not keeps_card(customer_id=order.customer_id, at=at):
        raise CardFirst
    release_order(order_id=order_id, paid_by=ON_TRIAL, at=at)
    publish(TrialBegun(at=at, order_id=order_id))
    return True


@transaction()
def agree_to_trial(*, order_id: UUID) -> None:
    """For who showed that the order is theirs: a card that they keep later begins it. Raises NoSuchOrder."""
    try:
        order: Order = Order.objects.lock(order_id)
    except Order.DoesNotExist:
        raise NoSuchOrder from None
    if order.trial_card and not order.trial_agreed:
        order.agree()


@transaction()
def begin_waiting_trials(*, customer_id: UUID, at: datetime) -> None:
    """Begin what waited for this customer's card: only what they agreed to. Safe to repeat."""
    waiting = Order.objects.filter(
        customer_id=customer_id,
        status=OrderStatus.AWAITING_PAYMENT,
        trial_card=True,
        trial_agreed=True,
    )
    if keeps_card(customer_id=customer_id, at=at):
        for order_id in waiting.order_by("id").values_list("id", flat=True):
            begin_trial(order_id=order_id, at=at)


def keeps_card(*, customer_id: UUID, at: datetime) -> bool:
    """Whether something could be charged when the trial is over."""
    return any(holds(customer_id, at) for holds in card_holders.values())


def _offer(line: Line, order: Order, *, at: datetime) -> None:
    publish(
        LineReady(
            at=at,
            line_id=line.id,
            order_id=order.id,
            customer_id=order.customer_id,
            kind=line.kind,
            spec=line.spec,
        )
    )
