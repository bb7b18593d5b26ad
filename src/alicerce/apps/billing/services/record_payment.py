"""Write down money that came past every provider."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import InvoiceNotOpen, MoreThanRemains, ReferenceUsed
from alicerce.apps.billing.models import Payment
from alicerce.apps.billing.services.book_payment import take_in
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.types import MANUAL, Misfit, PaymentFit, PaymentMethod
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person says they received: the reference is what the bank, or the receipt, calls it."""

    cents: int
    method: PaymentMethod
    reference: str
    received_at: datetime
    proof: str
    reason: str


@transaction(shared=True)
def record_unclaimed(
    *, amount: Money, reference: str, received_at: datetime, proof: str, at: datetime
) -> UUID:
    """What came into the bank from a payer whom nobody knows: in suspense until somebody does.

    The same again is the same payment. Raises ReferenceUsed.
    """
    known = Payment.objects.filter(provider=MANUAL, reference=reference).first()
    if known:
        if known.fit != PaymentFit.FLAGGED or known.amount != amount:
            raise ReferenceUsed
        return UUID(str(known.id))
    payment = Payment(
        provider=MANUAL,
        reference=reference,
        read_as="",
        account=None,
        method=PaymentMethod.TRANSFER,
        amount_cents=amount.cents,
        currency=amount.currency,
        received_at=min(received_at, at),
        fit=PaymentFit.FLAGGED,
        reason=Misfit.NO_INVOICE,
    )
    if not take_in(payment=payment, invoice=None, at=at):
        raise ReferenceUsed
    audit.record(
        action="payment.recorded_by_hand",
        entity="payment",
        entity_id=payment.id,
        after={"payment_id": payment.id, "reference": reference, "proof": proof},
        at=at,
    )
    return UUID(str(payment.id))


@transaction()
def record_payment(*, invoice_id: UUID, told: ByHand, at: datetime) -> UUID:
    """Settle an invoice, or a part of it, by a payment that somebody answers for.

    Raises NoSuchInvoice, InvoiceNotOpen, MoreThanRemains, ReferenceUsed.
    """
    invoice = hold_invoice(invoice_id=invoice_id)
    if not invoice.is_payable:
        raise InvoiceNotOpen
    if not 0 < told.cents <= invoice.remaining.cents or told.received_at > at:
        raise MoreThanRemains
    payment = Payment(
        provider=MANUAL,
        reference=told.reference,
        read_as="",
        account=None,
        invoice=invoice,
        customer_id=invoice.customer_id,
        method=told.method,
        amount_cents=told.cents,
        currency=invoice.currency,
        received_at=told.received_at,
        fit=PaymentFit.APPLIED,
    )
    if not take_in(payment=payment, invoice=invoice, at=at):
        raise ReferenceUsed
    whose = f"customer:{invoice.customer_id}"
    audit.record(
        action="payment.recorded_by_hand",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "payment_id": payment.id,
            "reason": Personal(told.reason, of=whose),
            "proof": Personal(told.proof, of=whose),
        },
        at=at,
    )
    return UUID(str(payment.id))
