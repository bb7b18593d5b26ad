"""Stripe's invoices and refunds as money that came and went back."""

from alicerce.apps.billing.adapters.stripe_cards import PROVIDER, marked
from alicerce.apps.billing.ports import ProviderPayment, ProviderRefund
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.vendors.stripe.wire import Invoice, Refund

WENT_BACK = {
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}


def refund_of(said: Refund) -> ProviderRefund:
    return ProviderRefund(
        external_id=said.id,
        payment_reference=said.payment_intent or "",
        amount=said.amount,
        status=WENT_BACK.get(said.status, RefundStatus.PENDING),
        detail=said.failure_reason or "",
        refund_id=marked(said.metadata, "refund"),
    )


def payment_of(invoice: Invoice) -> ProviderPayment:
    return ProviderPayment(
        provider=PROVIDER,
        reference=invoice.payment_intent or invoice.id,
        read_as=f"invoice:{invoice.id}",
        method=PaymentMethod.CARD,
        amount=invoice.paid,
        paid_at=None,
        charge_id=marked(invoice.metadata, "charge"),
        invoice_id=marked(invoice.metadata, "invoice"),
    )
