"""What of a payment went back, or may be going."""

from uuid import UUID

from django.db.models import Sum

from alicerce.apps.billing.errors import NoSuchRefund
from alicerce.apps.billing.models import Contest, Payment, Refund
from alicerce.apps.billing.types.corrections import RefundView
from alicerce.kernel.money import Money


def left_to_refund(payment: Payment) -> Money:
    """What of it neither went back nor is on its way, and nobody claims."""
    going = Refund.objects.standing().filter(payment_id=payment.id)
    gone = going.aggregate(cents=Sum("amount_cents"))["cents"] or 0
    claims = Contest.objects.standing().filter(payment_id=payment.id)
    claimed = claims.aggregate(cents=Sum("frozen_cents"))["cents"] or 0
    return Money(payment.settled.cents - int(gone) - int(claimed), payment.currency)


def refund(refund_id: UUID) -> RefundView:
    """Raises NoSuchRefund."""
    found = Refund.objects.select_related("payment").filter(pk=refund_id).first()
    if found is None:
        raise NoSuchRefund
    return found.view()


def refunds_of(invoice_id: UUID) -> list[RefundView]:
    """Newest first."""
    rows = Refund.objects.filter(invoice_id=invoice_id).select_related("payment")
    return [row.view() for row in rows.order_by("-id")]
