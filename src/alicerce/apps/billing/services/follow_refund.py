"""Take over what a provider says of a refund, whoever asked for it. A lower state never comes back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.events import PaymentTakenBack
from alicerce.apps.billing.models import CreditNoteCounter, Invoice, Payment, Refund
from alicerce.apps.billing.ports import ProviderRefund
from alicerce.apps.billing.queries.contests import is_moved
from alicerce.apps.billing.services.begin_refund import reserve
from alicerce.apps.billing.services.end_refund import fail, succeed
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

REFUSED_THERE = "the provider says it did not go back"


@transaction(shared=True)
def follow_refund(*, account_id: UUID, told: ProviderRefund, at: datetime) -> bool:
    """Whether that was news. A refund of a payment that we do not know yet is none: it is read again.

    Raises NotRefundable or NotEnoughBalance when it was made elsewhere, out of what is not there any more.
    """
    payment = _payment_of(account_id, told)
    if payment is None:
        return False
    if told.by_rule:
        return _say_taken_back(payment, told, at=at)
    counter = CreditNoteCounter.hold()
    invoice = hold_any_invoice(invoice_id=payment.invoice_id) if payment.invoice_id else None
    refund = _own(account_id, told) or _adopt(payment, invoice, told, at=at)
    if refund is None:
        return False
    refund.checked(at=at)
    return _move(_Case(refund, payment, invoice, counter), told, at=at)


@dataclass(frozen=True, slots=True)
class _Case:
    refund: Refund
    payment: Payment
    invoice: Invoice | None
    counter: CreditNoteCounter


def _move(case: _Case, told: ProviderRefund, *, at: datetime) -> bool:
    before, refund, name = case.refund.status, case.refund, told.external_id
    if before in {told.status, RefundStatus.FAILED}:
        return False
    if told.status == RefundStatus.FAILED:
        fail(
            refund=refund,
            payment=case.payment,
            invoice=case.invoice,
            error=told.detail or REFUSED_THERE,
            name=name,
            at=at,
        )
        return True
    if before == RefundStatus.SUCCEEDED:
        return False
    if told.status == RefundStatus.SUCCEEDED:
        succeed(
            refund=refund,
            payment=case.payment,
            invoice=case.invoice,
            counter=case.counter,
            name=name,
            at=at,
        )
        return True
    refund.await_provider(name)
    return True


def _say_taken_back(payment: Payment, told: ProviderRefund, *, at: datetime) -> bool:
    """No refund of ours: it is a claim that was lost, and said until it is in the books."""
    if told.status != RefundStatus.SUCCEEDED or is_moved(payment.id, told.external_id):
        return False
    publish(
        PaymentTakenBack(
            at=at,
            payment_id=payment.id,
            reference=told.external_id,
            amount_cents=told.amount.cents,
            currency=told.amount.currency,
        )
    )
    return True


def _payment_of(account_id: UUID, told: ProviderRefund) -> Payment | None:
    own = Payment.objects.filter(account_id=account_id, reference=told.payment_reference)
    found: Payment | None = own.first()
    return found


def _own(account_id: UUID, told: ProviderRefund) -> Refund | None:
    """By the provider's name for it; by our own mark while we had not learned that name."""
    own = Refund.objects.filter(account_id=account_id).select_for_update(
        of=("self",), no_key=True
    )
    found: Refund | None = own.filter(external_id=told.external_id).first()
    if found is None and told.refund_id:
        found = own.filter(pk=told.refund_id, external_id="").first()
    return found


def _adopt(
    payment: Payment, invoice: Invoice | None, told: ProviderRefund, *, at: datetime
) -> Refund | None:
    """Somebody gave it back at the provider itself: the books follow, out of the same source."""
    if told.status == RefundStatus.FAILED:
        return None
    return reserve(
        payment=payment,
        invoice=invoice,
        amount=told.amount,
        reason="",
        name=told.external_id,
        at=at,
    )
