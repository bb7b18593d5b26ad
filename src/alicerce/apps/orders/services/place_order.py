"""Take an order."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import PricedPlan
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import NewCustomer
from alicerce.apps.orders.errors import DomainTaken, TooManyOrders
from alicerce.apps.orders.events import OrderPlaced
from alicerce.apps.orders.models import Line, Order, OrderCounter
from alicerce.apps.orders.types import Buyer, OrderStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

WINDOW = timedelta(hours=1)
MOST_UNPAID = 5


@transaction()
def place_order(*, price_id: UUID, domain: str, buyer: Buyer, at: datetime) -> str:
    """Order a plan for a domain; the token of the order's page. The price is always ours.

    Raises NotForSale, DomainTaken, TooManyOrders, NotServed.
    """
    _refuse_our_own(domain)
    plan = catalog.priced_plan(price_id)
    customer_id = _recognize(buyer, at=at)
    _refuse_abuse(customer_id, at=at)
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
        after={
            "number": order.number,
            "price_id": price_id,
            "domain": Personal(domain, of=f"customer:{customer_id}"),
        },
        at=at,
    )
    publish(OrderPlaced(at=at, order_id=order.id, customer_id=customer_id))
    return order.token


def _refuse_our_own(domain: str) -> None:
    if tenancy.tenant_of_host(domain) or tenancy.tenant_of_host(domain.partition(".")[2]):
        raise DomainTaken


def _refuse_abuse(customer_id: UUID, *, at: datetime) -> None:
    """Each unpaid order writes to an address nobody proved to own, so there are only so many.

    Canceling makes no room: the letter has left.
    """
    waiting = Order.objects.filter(
        status__in=[OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELED],
        placed_at__gt=at - WINDOW,
        customer_id=customer_id,
    )
    if waiting.count() >= MOST_UNPAID:
        raise TooManyOrders


def _recognize(buyer: Buyer, *, at: datetime) -> UUID:
    new = NewCustomer(
        name=buyer.name,
        email=buyer.email,
        document=buyer.document,
        document_kind=buyer.document_kind,
        locale=buyer.locale,
    )
    return customers.recognize_customer(new=new, user_id=buyer.user_id, at=at)


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
    return f"{plan.product_name} {plan.plan_name} · {display_domain(domain)}"[:160]
