"""Record money. Whatever brought the news, webhook or reconciliation, it ends here, once."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.events import InvoicePaid, PaymentMisfit, PaymentReceived
from alicerce.apps.billing.models import Charge, Invoice, LedgerTransaction, Payment
from alicerce.apps.billing.ports import ProviderPayment
from alicerce.apps.billing.rules.fitting import fit_of
from alicerce.apps.billing.rules.postings import payment_received
from alicerce.apps.billing.types import PaymentFit
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def book_payment(*, account_id: UUID, paid: ProviderPayment, at: datetime) -> bool:
    """Record what a provider confirmed that it received. False when it is on record already.

    The exact amount of an open invoice settles it. Anything else is kept for the customer, or in
    suspense when nobody knows whose it is, and a person is told; it never activates anything.
    """
    if Payment.objects.filter(provider=paid.provider, reference=paid.reference).exists():
        return False
    charge = _charge_of(account_id, paid)
    invoice = _lock_invoice(charge.invoice_id if charge else paid.invoice_id)
    payment = _payment(account_id, paid, charge, invoice, at=at)
    if not Payment.objects.add_once(payment):
        return False
    _post(payment, at=at)
    if charge:
        Charge.objects.lock(charge.id).pay()
    if payment.fit == PaymentFit.APPLIED:
        assert invoice is not None
        _settle(invoice, payment, at=at)
    else:
        _report_misfit(payment, at=at)
    return True


def _charge_of(account_id: UUID, paid: ProviderPayment) -> Charge | None:
    """By the provider's name for it; by our own mark when it was paid before we learned that name."""
    named, marked = Charge.objects.none(), Charge.objects.none()
    if paid.external_id:
        named = Charge.objects.filter(account_id=account_id, external_id=paid.external_id)
    if paid.charge_id:
        marked = Charge.objects.filter(pk=paid.charge_id)
    found: Charge | None = named.first() or marked.first()
    return found


def _lock_invoice(invoice_id: UUID | None) -> Invoice | None:
    """Held from here on: two payments for one invoice are judged one after the other."""
    if invoice_id is None:
        return None
    own = Invoice.objects.filter(pk=invoice_id).select_for_update(of=("self",))
    found: Invoice | None = own.first()
    return found


def _payment(
    account_id: UUID,
    paid: ProviderPayment,
    charge: Charge | None,
    invoice: Invoice | None,
    *,
    at: datetime,
) -> Payment:
    fit, misfit = fit_of(amount=paid.amount, asked=invoice.asked if invoice else None)
    return Payment(
        provider=paid.provider,
        reference=paid.reference,
        account_id=account_id,
        read_as=paid.read_as,
        invoice=invoice,
        customer_id=invoice.customer_id if invoice else None,
        charge=charge,
        method=paid.method,
        amount_cents=paid.amount.cents,
        currency=paid.amount.currency,
        received_at=paid.paid_at or at,
        fit=fit,
        reason=misfit or "",
    )


def _post(payment: Payment, *, at: datetime) -> None:
    LedgerTransaction.post(
        kind="payment.received",
        key=f"payment:{payment.provider}:{payment.reference}",
        postings=payment_received(
            amount=payment.amount,
            provider=payment.provider,
            fit=PaymentFit(payment.fit),
            customer_id=payment.customer_id,
        ),
        at=at,
    )
    audit.record(
        action="payment.received",
        entity="payment",
        entity_id=payment.id,
        after={
            "invoice_id": payment.invoice_id,
            "provider": payment.provider,
            "reference": payment.reference,
            "amount_cents": payment.amount_cents,
            "currency": payment.currency,
            "fit": payment.fit,
            "reason": payment.reason,
        },
        at=at,
    )
    publish(
        PaymentReceived(
            at=at,
            payment_id=payment.id,
            invoice_id=payment.invoice_id,
            customer_id=payment.customer_id,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
            fit=payment.fit,
        )
    )


def _settle(invoice: Invoice, payment: Payment, *, at: datetime) -> None:
    invoice.settle(at=payment.received_at)
    audit.record(
        action="invoice.paid",
        entity="invoice",
        entity_id=invoice.id,
        before={"status": "open"},
        after={"status": "paid", "payment_id": payment.id},
        at=at,
    )
    publish(
        InvoicePaid(
            at=at,
            invoice_id=invoice.id,
            order_id=invoice.order_id,
            customer_id=invoice.customer_id,
            method=payment.method,
            total_cents=invoice.total_cents,
            currency=invoice.currency,
            has_live_charges=Charge.objects.live().filter(invoice_id=invoice.id).exists(),
        )
    )


def _report_misfit(payment: Payment, *, at: datetime) -> None:
    publish(
        PaymentMisfit(
            at=at,
            payment_id=payment.id,
            invoice_id=payment.invoice_id,
            reason=payment.reason,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
        )
    )
