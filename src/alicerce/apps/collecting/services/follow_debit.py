"""What became of an invoice and its charge becomes of its debit. Any number of times."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import ChargeStatus, InvoiceSummary
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.services.end_debit import fail_debit
from alicerce.apps.collecting.services.plan_debit import plan_debit
from alicerce.apps.collecting.services.wait_for_answer import note_answer
from alicerce.apps.collecting.types import DebitReason, DebitStatus
from alicerce.kernel.db import transaction

WITHDRAWN = "withdrawn"


@transaction()
def follow_debits(*, invoice_id: UUID, at: datetime) -> None:
    """Nothing is done for invoices that nobody debits."""
    if not Debit.objects.filter(invoice_id=invoice_id).exists():
        return
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    for debit in Debit.objects.filter(invoice_id=invoice_id).order_by("id"):
        _follow(Debit.objects.lock(debit.id), invoice, at=at)


def _follow(debit: Debit, invoice: InvoiceSummary, *, at: datetime) -> None:
    charge = billing.charge(debit.charge_id) if debit.charge_id else None
    if charge and not charge.is_live:
        note_answer(debit=debit, at=at)
    if charge and charge.status == ChargeStatus.PAID:
        debit.end(DebitStatus.PAID, at=at)
    elif not debit.is_under_way:
        return
    elif not invoice.is_payable:
        debit.end(DebitStatus.DROPPED, at=at, reason=invoice.status)
    elif charge and charge.status == ChargeStatus.FAILED:
        fail_debit(debit=debit, invoice=invoice, reason=_reason(charge.detail), at=at)
    elif charge and charge.status == ChargeStatus.EXPIRED:
        _withdrawn(debit, invoice, at=at)


def _withdrawn(debit: Debit, invoice: InvoiceSummary, *, at: datetime) -> None:
    """A part was paid: the rest is debited where there is time. Without an authorisation, nothing is."""
    if not Mandate.objects.approved().filter(pk=debit.mandate_id).exists():
        fail_debit(debit=debit, invoice=invoice, reason=DebitReason.MANDATE_OVER, at=at)
        return
    debit.end(DebitStatus.DROPPED, at=at, reason=WITHDRAWN)
    plan_debit(invoice_id=invoice.id, at=at)


def _reason(detail: str) -> str:
    return detail.split(maxsplit=1)[0] if detail.strip() else "unknown"
