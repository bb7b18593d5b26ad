"""What orders do when something happens."""

from datetime import timedelta

from alicerce.apps.billing.events import InvoiceCredited, InvoicePaid, InvoiceVoided
from alicerce.apps.orders.events import (
    OrderCanceled,
    OrderInvoiced,
    OrderPlaced,
    OrdersWake,
    UnpaidOrdersDue,
)
from alicerce.apps.orders.queries import (
    tenants_with_unpaid_orders,
    tenants_with_waking_orders,
)
from alicerce.apps.orders.services.acknowledge_order import acknowledge_order
from alicerce.apps.orders.services.cancel_order import (
    follow_credited_invoice,
    follow_voided_invoice,
)
from alicerce.apps.orders.services.expire_orders import expire_orders
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.services.tell_of_cancellation import tell_of_cancellation
from alicerce.apps.orders.services.wake_orders import wake_orders
from alicerce.apps.orders.types import CancelCause
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK = 600
A_DAY = timedelta(days=1)


@on(OrderPlaced, queue="bulk")
def acknowledge_placed_order(placed: OrderPlaced) -> None:
    acknowledge_order(order_id=placed.order_id, at=placed.at)


def is_of_an_order(told: InvoicePaid | InvoiceVoided) -> bool:
    return told.order_id is not None


@on(InvoicePaid, when=is_of_an_order)
def release_paid_order(paid: InvoicePaid) -> None:
    assert paid.order_id is not None
    release_order(order_id=paid.order_id, paid_by=paid.method, at=paid.at)


@on(InvoiceVoided, when=is_of_an_order)
def cancel_order_of_void(voided: InvoiceVoided) -> None:
    assert voided.order_id is not None
    follow_voided_invoice(order_id=voided.order_id, at=voided.at)


@on(InvoiceCredited)
def cancel_order_given_back(credited: InvoiceCredited) -> None:
    follow_credited_invoice(invoice_id=credited.invoice_id, at=credited.at)


def is_by_somebody(canceled: OrderCanceled) -> bool:
    """Not by time. The buyer's page opens to whoever has its link: the buyer learns what was done there."""
    return canceled.cause in {CancelCause.STAFF, CancelCause.CUSTOMER}


@on(OrderCanceled, when=is_by_somebody, queue="bulk")
def tell_buyer_of_cancellation(canceled: OrderCanceled) -> None:
    tell_of_cancellation(order_id=canceled.order_id, at=canceled.at)


@on(OrderInvoiced, queue="bulk")
def send_link_of_invoiced_order(invoiced: OrderInvoiced) -> None:
    acknowledge_order(order_id=invoiced.order_id, at=invoiced.at)


@every(seconds=LOOK)
def find_waking_orders() -> None:
    """A day begins at another moment in each zone: who is early finds nothing to do."""
    for tenant_id in tenants_with_waking_orders((now() + A_DAY).date()):
        with acting(tenant_id=tenant_id), transaction():
            publish(OrdersWake(at=now()))


@on(OrdersWake, queue="bulk")
def wake_todays_orders(due: OrdersWake) -> None:
    wake_orders(at=due.at)


@every(seconds=LOOK)
def find_unpaid_orders() -> None:
    for tenant_id in tenants_with_unpaid_orders(now()):
        with acting(tenant_id=tenant_id), transaction():
            publish(UnpaidOrdersDue(at=now()))


@on(UnpaidOrdersDue, queue="bulk")
def expire_unpaid_orders(due: UnpaidOrdersDue) -> None:
    expire_orders(at=due.at)


@on(ClockStepped, queue="bulk")
def see_to_orders_of_sandbox(stepped: ClockStepped) -> None:
    wake_orders(at=stepped.at)
    expire_orders(at=stepped.at)
