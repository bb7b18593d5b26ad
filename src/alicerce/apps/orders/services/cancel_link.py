"""Canceling by whoever reads the buyer's mailbox: the page's link alone is in too many hands."""

from datetime import UTC, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.orders.errors import CancelLinkOver, OrderNotUnpaid
from alicerce.apps.orders.rules import CANCEL_LINK_LASTS
from alicerce.apps.orders.services import proofs
from alicerce.apps.orders.services.cancel_order import cancel_order
from alicerce.apps.orders.types import CancelCause, OrderStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction

CANCEL = "cancel"


@transaction()
def send_cancel_link(*, order_id: UUID, at: datetime) -> None:
    """Write to the buyer, once an hour at most. Raises NoSuchOrder, OrderNotUnpaid."""
    order = queries.order(order_id)
    invoice = billing.invoice_of_order(order_id)
    is_paid = invoice is not None and invoice.paid_at is not None
    if is_paid or order.status != OrderStatus.AWAITING_PAYMENT:
        raise OrderNotUnpaid
    buyer = customers.customer(order.customer_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    proof = proof_of(order_id=order_id, until=at + CANCEL_LINK_LASTS)
    notify.send(
        template="order_cancel_asked",
        to=buyer.email,
        key=f"order-cancel:{order.id}:{at.astimezone(UTC):%Y%m%d%H}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "link_cancel": f"{base_url}/pedido/{order.token}/cancelar/{proof}/",
        },
        at=at,
        locale=buyer.locale,
    )


@transaction()
def cancel_by_link(*, order_id: UUID, proof: str, at: datetime) -> bool:
    """False when it was canceled before. Raises CancelLinkOver, NoSuchOrder, OrderNotUnpaid."""
    check_proof(order_id=order_id, proof=proof, at=at)
    return cancel_order(order_id=order_id, cause=CancelCause.CUSTOMER, at=at)


def proof_of(*, order_id: UUID, until: datetime) -> str:
    """Good for this one order until then; it is kept nowhere."""
    return proofs.proof_of(purpose=CANCEL, order_id=order_id, until=until)


def check_proof(*, order_id: UUID, proof: str, at: datetime) -> None:
    """Raises CancelLinkOver."""
    if not proofs.is_proof(proof=proof, purpose=CANCEL, order_id=order_id, at=at):
        raise CancelLinkOver
