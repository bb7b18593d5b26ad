"""Start to give money back: a row that reserves it, and an event. The provider is asked later, by a job."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import (
    BoletoNotRefunded,
    NoSuchPayment,
    NotEnoughBalance,
    NotRefundable,
    RefundOfTwo,
    RefundTooLate,
)
from alicerce.apps.billing.events import RefundBegun
from alicerce.apps.billing.models import (
    CreditNoteCounter,
    Invoice,
    Payment,
    Refund,
    Wallet,
)
from alicerce.apps.billing.queries.refunds import left_to_refund
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.rules.refunding import is_too_late, refund_key
from alicerce.apps.billing.services.end_refund import succeed
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.services.whose import hold_payment, is_of_two, whose_is
from alicerce.apps.billing.types import (
    MANUAL,
    PaymentMethod,
)
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


@transaction()
def begin_refund(
    *, payment_id: UUID, cents: int, reason: str, at: datetime, reference: str = ""
) -> UUID:
    """Reserve so much of a payment and have it given back to where it came from.

    What somebody received by hand goes back by hand: it has gone when it is written down, under the
    reference of that. Raises NoSuchPayment, BoletoNotRefunded, NotRefundable, RefundOfTwo, NotEnoughBalance
    or RefundTooLate.
    """
    payment = _payment(payment_id)
    if payment.method == PaymentMethod.BOLETO and payment.provider != MANUAL:
        raise BoletoNotRefunded
    if is_too_late(
        method=PaymentMethod(payment.method), received_at=payment.received_at, at=at
    ):
        raise RefundTooLate
    counter = CreditNoteCounter.hold() if payment.provider == MANUAL else None
    invoice = hold_any_invoice(invoice_id=payment.invoice_id) if payment.invoice_id else None
    hold_payment(payment=payment)
    if is_of_two(payment=payment, amount=Money(cents, payment.currency)):
        raise RefundOfTwo
    refund = reserve(
        payment=payment,
        invoice=invoice,
        amount=Money(cents, payment.currency),
        reason=reason,
        at=at,
    )
    if counter is None:
        publish(RefundBegun(at=at, refund_id=refund.id))
    else:
        refund.reference = reference
        succeed(refund=refund, payment=payment, invoice=invoice, counter=counter, at=at)
    return UUID(str(refund.id))


def reserve(
    *,
    payment: Payment,
    invoice: Invoice | None,
    amount: Money,
    reason: str,
    at: datetime,
    name: str = "",
) -> Refund:
    """Write the refund down, so that nothing else can spend what it gives back.

    Raises NotRefundable or NotEnoughBalance.
    """
    hold_payment(payment=payment)
    if not 0 < amount.cents <= left_to_refund(payment).cents:
        raise NotRefundable
    refund = _row(payment, invoice, amount, reason, name, at=at)
    _reserve(refund, invoice, at=at)
    refund.save(force_insert=True)
    _record(refund, payment, at=at)
    return refund


def _payment(payment_id: UUID) -> Payment:
    found: Payment | None = Payment.objects.filter(pk=payment_id).first()
    if found is None:
        raise NoSuchPayment
    return found


def _row(
    payment: Payment,
    invoice: Invoice | None,
    amount: Money,
    reason: str,
    name: str,
    *,
    at: datetime,
) -> Refund:
    refund_id = uuid7()
    whose = whose_is(payment=payment, invoice=invoice, amount=amount)
    return Refund(
        id=refund_id,
        payment=payment,
        invoice=invoice,
        customer_id=whose.customer_id,
        account_id=payment.account_id,
        source=whose.source,
        amount_cents=amount.cents,
        currency=amount.currency,
        external_id=name,
        idempotency_key=refund_key(
            tenant_id=payment.tenant_id, refund_id=refund_id, amount=amount
        ),
        reason=reason[:300],
        begun_at=at,
        checked_at=at,
    )


def _reserve(refund: Refund, invoice: Invoice | None, *, at: datetime) -> None:
    if refund.source == RefundSource.INVOICE:
        assert invoice is not None
        if refund.amount_cents > min(invoice.kept.cents, invoice.creditable.cents):
            raise NotRefundable
        invoice.send_back(refund.amount_cents)
    elif refund.source == RefundSource.WALLET:
        _take_from_wallet(refund, at=at)


def _take_from_wallet(refund: Refund, *, at: datetime) -> None:
    assert refund.customer_id is not None
    held = Wallet.objects.hold(refund.customer_id).get(refund.currency)
    if held is None or held < refund.amount:
        raise NotEnoughBalance
    ledger.post(
        kind="refund.held",
        key=f"refund:{refund.id}:held",
        postings=postings.refund_held(amount=refund.amount, customer_id=refund.customer_id),
        at=at,
    )
    say_wallet_moved(
        customer_id=refund.customer_id, amount=-refund.amount, kind="refund_held", at=at
    )


def _record(refund: Refund, payment: Payment, *, at: datetime) -> None:
    audit.record(
        action="refund.begun",
        entity="payment",
        entity_id=payment.id,
        after={
            "refund_id": refund.id,
            "invoice_id": refund.invoice_id,
            "amount_cents": refund.amount_cents,
            "currency": refund.currency,
            "source": str(refund.source),
            "reason": Personal(refund.reason, of=f"customer:{refund.customer_id}")
            if refund.customer_id and refund.reason
            else "",
        },
        at=at,
    )
