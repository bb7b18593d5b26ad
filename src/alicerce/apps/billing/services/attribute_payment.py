"""Give money that is nobody's to a customer, and take that back. Each once, whoever tries at once."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import (
    AttributionOver,
    AttributionSpent,
    InvoiceNotOpen,
    NoSuchAttribution,
    NotUnclaimed,
)
from alicerce.apps.billing.events import PaymentAttributed
from alicerce.apps.billing.models import Attribution, Contest, Refund, Wallet
from alicerce.apps.billing.queries.payments import find_payment
from alicerce.apps.billing.queries.suspense import unclaimed_of
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.services.use_wallet import use_brought
from alicerce.apps.billing.types import InvoiceKind
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.customers import public as customers
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money


@transaction()
def give_to_customer(
    *, payment_id: UUID, customer_id: UUID, cents: int, reason: str, at: datetime
) -> UUID:
    """All that is nobody's of a payment becomes credit. The cents are those that a person saw.

    Raises NoSuchPayment, NoSuchCustomer, NotUnclaimed.
    """
    customers.customer_detail(customer_id)
    Wallet.objects.hold(customer_id)
    return _give(payment_id, customer_id, cents, reason, at=at).id


@transaction()
def give_to_invoice(
    *, payment_id: UUID, invoice_id: UUID, cents: int, reason: str, at: datetime
) -> UUID:
    """The same for its customer, whose credit pays it at once; what is beyond stays credit.

    Raises NoSuchPayment, NoSuchInvoice, InvoiceNotOpen, NotUnclaimed.
    """
    invoice = hold_invoice(invoice_id=invoice_id)
    if not invoice.is_payable or invoice.kind == InvoiceKind.FUNDS:
        raise InvoiceNotOpen
    if find_payment(payment_id).amount.currency != invoice.currency:
        raise InvoiceNotOpen
    given = _give(payment_id, invoice.customer_id, cents, reason, invoice_id=invoice_id, at=at)
    use_brought(invoice_id=invoice_id, most=given.amount, at=at)
    return given.id


@transaction()
def take_back(*, attribution_id: UUID, reason: str, at: datetime) -> None:
    """It was somebody else's: nobody's again, so far as the customer still has all of it.

    Raises NoSuchAttribution, AttributionOver, AttributionSpent.
    """
    customer_id, payment_id = _of(attribution_id)
    held = Wallet.objects.hold(customer_id)
    hold(f"payment {payment_id}")
    given: Attribution = Attribution.objects.lock(attribution_id)
    has = held.get(given.currency, Money(0, given.currency))
    if not given.undo(at=at):
        raise AttributionOver
    if has < given.amount or _is_leaving(payment_id):
        raise AttributionSpent
    _move(given, reason, action="payment.taken_back", is_back=True, at=at)


def _give(
    payment_id: UUID,
    customer_id: UUID,
    cents: int,
    reason: str,
    *,
    at: datetime,
    invoice_id: UUID | None = None,
) -> Attribution:
    payment = find_payment(payment_id)
    hold(f"payment {payment_id}")
    if not 0 < cents == unclaimed_of([payment_id]).get(payment_id, 0):
        raise NotUnclaimed
    given = Attribution(
        payment_id=payment_id,
        customer_id=customer_id,
        invoice_id=invoice_id,
        amount_cents=cents,
        currency=payment.amount.currency,
        reason=reason[:300],
        made_at=at,
    )
    if not Attribution.objects.add_once(given):
        raise NotUnclaimed
    _move(given, reason, action="payment.given", at=at)
    return given


def _of(attribution_id: UUID) -> tuple[UUID, UUID]:
    found = Attribution.objects.filter(pk=attribution_id)
    row = found.values_list("customer_id", "payment_id").first()
    if row is None:
        raise NoSuchAttribution
    customer_id, payment_id = row
    return customer_id, payment_id


def _is_leaving(payment_id: UUID) -> bool:
    """Something of it goes back, or is claimed, out of the customer's credit."""
    return any(
        rows.standing().filter(payment_id=payment_id, source=RefundSource.WALLET).exists()
        for rows in (Refund.objects, Contest.objects)
    )


def _move(
    given: Attribution, reason: str, *, action: str, at: datetime, is_back: bool = False
) -> None:
    sides = postings.given_away(amount=given.amount, customer_id=given.customer_id)
    what = "taken_back" if is_back else "given"
    ledger.post(
        kind=f"suspense.{what}",
        key=f"attribution:{given.id}:{what}",
        postings=[-side for side in sides] if is_back else sides,
        at=at,
    )
    audit.record(
        action=action,
        entity="payment",
        entity_id=given.payment_id,
        after={
            "customer_id": given.customer_id,
            "invoice_id": given.invoice_id,
            "amount_cents": given.amount_cents,
            "currency": given.currency,
            "reason": Personal(reason, of=f"customer:{given.customer_id}"),
        },
        at=at,
    )
    moved = -given.amount if is_back else given.amount
    say_wallet_moved(customer_id=given.customer_id, amount=moved, kind="attributed", at=at)
    publish(PaymentAttributed(at=at, payment_id=given.payment_id))
