"""End an order that nobody paid."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.catalog import public as catalog
from alicerce.apps.orders.errors import NoSuchOrder, OrderNotUnpaid
from alicerce.apps.orders.events import OrderCanceled
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.types import CancelCause, OrderStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def cancel_order(*, order_id: UUID, cause: CancelCause, at: datetime, reason: str = "") -> bool:
    """Cancel an order and void its invoice. False when it was canceled before.

    Who pays meanwhile and this wait for each other at the invoice's row: whoever comes second finds
    what the first did. Raises NoSuchOrder, OrderNotUnpaid.
    """
    order = _locked(order_id)
    if order.status == OrderStatus.CANCELED:
        return False
    if order.status != OrderStatus.AWAITING_PAYMENT:
        raise OrderNotUnpaid
    _void_invoice_of(order, reason, at=at)
    _cancel(order, cause, reason, at=at)
    return True


@transaction()
def follow_voided_invoice(*, order_id: UUID, at: datetime) -> None:
    """Cancel the order of an invoice that was taken back. Safe to repeat."""
    order = _locked(order_id)
    if order.status == OrderStatus.AWAITING_PAYMENT:
        _cancel(order, CancelCause.INVOICE_VOIDED, "", at=at)


@transaction()
def follow_credited_invoice(*, invoice_id: UUID, at: datetime) -> None:
    """Cancel what was paid ahead of its day and given back whole since. Safe to repeat."""
    order_id = billing.invoice(invoice_id).order_id
    if order_id is not None:
        cancel_given_back(order=_locked(order_id), at=at)


@transaction(shared=True)
def cancel_given_back(*, order: Order, at: datetime) -> bool:
    """Whether it waited for its day, and nobody is owed that day any more."""
    invoice = billing.invoice_of_order(order.id)
    if not order.waits_for_its_day or invoice is None or not invoice.is_given_back:
        return False
    _cancel(order, CancelCause.INVOICE_VOIDED, "", at=at)
    return True


def _locked(order_id: UUID) -> Order:
    try:
        order: Order = Order.objects.lock(order_id)
    except Order.DoesNotExist:
        raise NoSuchOrder from None
    return order


def _void_invoice_of(order: Order, reason: str, *, at: datetime) -> None:
    invoice = billing.invoice_of_order(order.id)
    if invoice is None:
        return
    try:
        billing.void_invoice(invoice_id=invoice.id, reason=reason, at=at)
    except InvoiceNotOpen:
        raise OrderNotUnpaid from None


def _cancel(order: Order, cause: CancelCause, reason: str, *, at: datetime) -> None:
    before = order.status
    order.cancel(cause, reason=reason, at=at)
    for line in Line.objects.filter(order_id=order.id).order_by("id"):
        line.cancel()
    catalog.give_back(order_id=order.id, at=at)
    after: dict[str, str | Personal] = {"status": "canceled", "cause": cause.value}
    if reason:
        after["reason"] = Personal(reason, of=f"customer:{order.customer_id}")
    audit.record(
        action="order.canceled",
        entity="order",
        entity_id=order.id,
        before={"status": before},
        after=after,
        at=at,
    )
    publish(
        OrderCanceled(
            at=at, order_id=order.id, customer_id=order.customer_id, cause=cause.value
        )
    )
