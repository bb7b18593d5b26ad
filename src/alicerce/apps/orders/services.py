"""What orders do."""

from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import PricedPlan
from alicerce.apps.identity import public as identity
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.orders.events import (
    LineFailed,
    LineFulfilled,
    LineReady,
    OrderCompleted,
    OrderPlaced,
)
from alicerce.apps.orders.models import Line, Order, OrderCounter
from alicerce.apps.orders.types import Buyer, LineStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import NewCustomer
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def place_order(*, price_id: UUID, domain: str, buyer: Buyer, at: datetime) -> str:
    """Order a plan for a domain; the token of the order's page. The price is always ours.

    Raises NotForSale.
    """
    plan = catalog.priced_plan(price_id)
    customer_id = _recognize(buyer, at=at)
    order = Order.objects.create(
        number=OrderCounter.next(),
        customer_id=customer_id,
        token=token_urlsafe(32),
        currency=plan.amount.currency,
        total_cents=plan.amount.cents,
        placed_at=at,
    )
    _add_line(order, plan, domain)
    billing.invoice_for_order(
        customer_id=customer_id,
        order_id=order.id,
        lines=[NewLine(description=_describe(plan, domain), quantity=1, unit=plan.amount)],
        due_on=at.astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date(),
        at=at,
    )
    audit.record(
        action="order.placed",
        entity="order",
        entity_id=order.id,
        after={"number": order.number, "price_id": price_id, "domain": domain},
        at=at,
    )
    publish(OrderPlaced(at=at, order_id=order.id, customer_id=customer_id))
    return order.token


def _recognize(buyer: Buyer, *, at: datetime) -> UUID:
    user_id = identity.sign_up(email=buyer.email, name=buyer.name, locale=buyer.locale)
    new = NewCustomer(
        name=buyer.name,
        email=buyer.email,
        document=buyer.document,
        document_kind=buyer.document_kind,
        locale=buyer.locale,
    )
    return tenancy.recognize_customer(new=new, user_id=user_id, at=at)


def _add_line(order: Order, plan: PricedPlan, domain: str) -> None:
    Line.objects.create(
        order=order,
        price_id=plan.price_id,
        kind=plan.product_kind,
        description=_describe(plan, domain),
        cycle=plan.cycle.value,
        spec={**plan.spec, "plan_name": plan.plan_name, "domain": domain},
        amount_cents=plan.amount.cents,
    )


def _describe(plan: PricedPlan, domain: str) -> str:
    return f"{plan.product_name} {plan.plan_name} · {domain}"[:160]


@transaction()
def acknowledge_order(*, order_id: UUID, at: datetime) -> None:
    """Send the buyer the link to their order. Safe to repeat."""
    order = queries.order(order_id)
    buyer = tenancy.customer(order.customer_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    notify.send(
        template="order_received",
        to=buyer.email,
        key=f"order-received:{order.id}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "total": str(order.total),
            "link_order": f"{base_url}/pedido/{order.token}/",
        },
        at=at,
        locale=buyer.locale,
    )


@transaction()
def release_order(*, order_id: UUID, at: datetime) -> None:
    """Offer every line of a paid order to the apps that deliver. Safe to repeat."""
    order = Order.objects.lock(order_id)
    if not order.release():
        return
    audit.record(action="order.released", entity="order", entity_id=order.id, at=at)
    for line in Line.objects.filter(order_id=order_id).order_by("id"):
        if line.deliver():
            _offer(line, order, at=at)


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


@transaction()
def fulfil_line(*, line_id: UUID, at: datetime) -> None:
    """Record that a line was delivered; the order completes with its last line."""
    line = Line.objects.lock(line_id)
    if not line.fulfil(at=at):
        return
    publish(LineFulfilled(at=at, line_id=line.id, order_id=line.order_id))
    order = Order.objects.lock(line.order_id)
    waiting = Line.objects.filter(order_id=order.id).exclude(status=LineStatus.FULFILLED)
    if not waiting.exists() and order.complete(at=at):
        audit.record(action="order.completed", entity="order", entity_id=order.id, at=at)
        publish(OrderCompleted(at=at, order_id=order.id))


@transaction()
def fail_line(*, line_id: UUID, reason: str, at: datetime) -> None:
    """Record that a line could not be delivered. Safe to repeat."""
    line = Line.objects.lock(line_id)
    if line.fail(reason):
        publish(LineFailed(at=at, line_id=line.id, order_id=line.order_id, reason=reason[:300]))
        audit.record(
            action="order.line_failed",
            entity="order",
            entity_id=line.order_id,
            after={"reason": reason[:300]},
            at=at,
        )


@transaction()
def retry_line(*, line_id: UUID, at: datetime) -> None:
    """Record that a failed line is being delivered again."""
    line = Line.objects.lock(line_id)
    if line.retry():
        audit.record(
            action="order.line_retried", entity="order", entity_id=line.order_id, at=at
        )
