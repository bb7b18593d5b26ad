"""A debit is over: paid, given up or not needed. What was given up goes the ordinary way."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.events import CardReady, DebitFailed
from alicerce.apps.collecting.models import Debit
from alicerce.apps.collecting.services.write_debit_letters import tell_failed_debit
from alicerce.apps.collecting.types import DebitReason, DebitStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def fail_debit(*, debit: Debit, invoice: InvoiceSummary, reason: str, at: datetime) -> bool:
    """For who holds both. Its customer is told what they can do, once. False when it was over."""
    if not debit.end(DebitStatus.FAILED, at=at, reason=reason):
        return False
    audit.record(
        action="debit.failed",
        entity="invoice",
        entity_id=debit.invoice_id,
        after={"debit_id": debit.id, "reason": debit.reason, "tries": debit.tries},
        at=at,
    )
    publish(
        DebitFailed(
            at=at,
            debit_id=debit.id,
            mandate_id=debit.mandate_id,
            invoice_id=debit.invoice_id,
            customer_id=debit.customer_id,
            reason=debit.reason,
            tries=debit.tries,
        )
    )
    publish(CardReady(at=at, customer_id=debit.customer_id))  # a kept card is next
    if invoice.is_payable:
        tell_failed_debit(debit=debit, invoice=invoice, at=at)
    return True


@transaction(shared=True)
def drop_planned(*, mandate_id: UUID, at: datetime) -> None:
    """No bank knows of them yet."""
    planned = Debit.objects.filter(mandate_id=mandate_id, status=DebitStatus.PLANNED)
    for debit in planned.order_by("id"):
        invoice = billing.hold_invoice(invoice_id=debit.invoice_id)
        fail_debit(debit=debit, invoice=invoice, reason=DebitReason.MANDATE_OVER, at=at)
