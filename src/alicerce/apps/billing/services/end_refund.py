"""What the books say when money has gone back, and when it has not. One row is locked; the counter before it."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.events import PaymentRefunded, RefundFailed
from alicerce.apps.billing.models import (
    CreditNoteCounter,
    Invoice,
    Payment,
    Refund,
)
from alicerce.apps.billing.queries.gateways import is_under_platform
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.credit_invoice import issue_note
from alicerce.apps.billing.services.deferring import take_back
from alicerce.apps.billing.services.give_taxes_back import give_taxes_back
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.types.corrections import Credited, RefundSource, RefundStatus
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


def succeed(
    *,
    refund: Refund,
    payment: Payment,
    invoice: Invoice | None,
    counter: CreditNoteCounter,
    at: datetime,
    name: str = "",
) -> None:
    """Post the payment's mirror, and a credit note where an invoice had been paid with it."""
    refund.end(RefundStatus.SUCCEEDED, at=at, name=name)
    if refund.reference:
        refund.save(update_fields=["reference"])
    ledger.post(
        kind="payment.refunded",
        key=f"refund:{refund.id}:paid",
        postings=postings.payment_refunded(
            amount=refund.amount,
            provider=payment.provider,
            source=RefundSource(refund.source),
            customer_id=refund.customer_id,
        ),
        at=at,
    )
    if refund.source == RefundSource.INVOICE:
        assert invoice is not None
        _note(refund, invoice, counter, at=at)
    _record(refund, "refund.succeeded", at=at)
    publish(
        PaymentRefunded(
            at=at,
            payment_id=refund.payment_id,
            refund_id=refund.id,
            invoice_id=refund.invoice_id,
            customer_id=refund.customer_id,
            amount_cents=refund.amount_cents,
            currency=refund.currency,
            through_platform=is_under_platform(refund.account_id),
        )
    )


def fail(
    *,
    refund: Refund,
    payment: Payment,
    invoice: Invoice | None,
    error: str,
    at: datetime,
    name: str = "",
) -> None:
    """Free what was reserved. One that had succeeded leaves its credit note: the money becomes credit."""
    before = refund.status
    refund.end(RefundStatus.FAILED, at=at, name=name, error=error)
    if before == RefundStatus.SUCCEEDED:
        _take_back(refund, payment, at=at)
    elif refund.source == RefundSource.INVOICE:
        assert invoice is not None
        invoice.sent_back(refund.amount_cents, arrived=False)
    elif refund.source == RefundSource.WALLET:
        _release(refund, at=at)
    _record(refund, "refund.failed", at=at)
    publish(
        RefundFailed(
            at=at,
            payment_id=refund.payment_id,
            refund_id=refund.id,
            invoice_id=refund.invoice_id,
            customer_id=refund.customer_id,
            amount_cents=refund.amount_cents,
            currency=refund.currency,
        )
    )


def _note(
    refund: Refund, invoice: Invoice, counter: CreditNoteCounter, *, at: datetime
) -> None:
    assert refund.customer_id is not None
    none = Money(0, refund.currency)
    note = issue_note(
        counter=counter,
        invoice=invoice,
        relieved=none,
        to_wallet=none,
        refunded=refund.amount,
        reason=refund.reason,
        at=at,
    )
    whole = [Credited(refund.amount_cents)]
    taxes = give_taxes_back(note=note, invoice=invoice, wanted=whole)
    ledger.post(
        kind="invoice.credited",
        key=f"credit-note:{note.id}",
        postings=postings.refund_noted(
            amount=refund.amount,
            customer_id=refund.customer_id,
            taxes=taxes,
            unearned=take_back(invoice=invoice, cents=refund.amount_cents, taxes=taxes, at=at),
        ),
        at=at,
    )
    invoice.sent_back(refund.amount_cents, arrived=True)


def _take_back(refund: Refund, payment: Payment, *, at: datetime) -> None:
    ledger.post(
        kind="refund.bounced",
        key=f"refund:{refund.id}:bounced",
        postings=postings.refund_bounced(
            amount=refund.amount,
            provider=payment.provider,
            source=RefundSource(refund.source),
            customer_id=refund.customer_id,
        ),
        at=at,
    )
    if refund.source != RefundSource.SUSPENSE:
        say_wallet_moved(
            customer_id=refund.customer_id, amount=refund.amount, kind="refund_bounced", at=at
        )


def _release(refund: Refund, *, at: datetime) -> None:
    assert refund.customer_id is not None
    ledger.post(
        kind="refund.released",
        key=f"refund:{refund.id}:released",
        postings=postings.refund_released(amount=refund.amount, customer_id=refund.customer_id),
        at=at,
    )
    say_wallet_moved(
        customer_id=refund.customer_id, amount=refund.amount, kind="refund_released", at=at
    )


def _record(refund: Refund, action: str, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="payment",
        entity_id=refund.payment_id,
        after={
            "refund_id": refund.id,
            "amount_cents": refund.amount_cents,
            "currency": refund.currency,
            "error": refund.error,
        },
        at=at,
    )
