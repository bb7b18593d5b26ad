"""Decide that an invoice is debited by its customer's authorisation, and when its PSP is asked."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.models import Attempt, Collection, Debit, Mandate
from alicerce.apps.collecting.queries.cards import is_bank_first
from alicerce.apps.collecting.queries.foretelling import is_collected
from alicerce.apps.collecting.queries.obstacles import obstacle_to
from alicerce.apps.collecting.rules.debiting import ask_at, cycle_of, debit_day
from alicerce.apps.collecting.services.write_debit_letters import tell_failed_debit
from alicerce.apps.collecting.types import DebitReason, DebitStatus
from alicerce.kernel import locks
from alicerce.kernel.db import transaction


@transaction()
def plan_debit(*, invoice_id: UUID, at: datetime) -> bool:
    """Whether a bank will be asked for it. An invoice is planned for once; why not, its customer is told once.

    Not where its customer chose their card, which can pay, nor while that is being charged for it.
    """
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    mandate = _mandate(invoice, at=at)
    if mandate is None or Attempt.objects.under_way().filter(invoice_id=invoice_id).exists():
        return False
    known = Debit.objects.filter(invoice_id=invoice_id).exclude(status=DebitStatus.DROPPED)
    if found := known.first():
        return bool(found.is_under_way)
    locks.hold(f"mandates:{invoice.customer_id}")
    return _plan(invoice, mandate, at=at)


def plan_open(*, customer_id: UUID, at: datetime) -> None:
    """What is open already is debited too, where there is time."""
    for invoice_id in _open(customer_id):
        plan_debit(invoice_id=invoice_id, at=at)


@transaction()
def _open(customer_id: UUID) -> list[UUID]:
    return [invoice.id for invoice in billing.open_invoices_of(customer_id)]


def _mandate(invoice: InvoiceSummary, *, at: datetime) -> Mandate | None:
    if not is_collected(invoice):
        return None
    found: Mandate | None = (
        Mandate.objects.approved().filter(customer_id=invoice.customer_id).first()
    )
    return found if found and is_bank_first(invoice.customer_id, at=at) else None


def _plan(invoice: InvoiceSummary, mandate: Mandate, *, at: datetime) -> bool:
    on = debit_day(invoice.due_on)
    row = Debit(
        mandate=mandate,
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        status=DebitStatus.PLANNED,
        debit_on=on,
        try_on=on,
        cycle_on=cycle_of(mandate.starts_on, on),
        begun_at=at,
        next_at=ask_at(on, at=at),
    )
    if reason := obstacle_to(mandate, invoice, on, at=at):
        _pass_over(row, invoice, reason, at=at)
        return False
    if not Debit.objects.add_once(row):
        return False
    Collection.objects.filter(invoice_id=invoice.id).update(next_at=None)  # one way at a time
    audit.record(
        action="debit.planned",
        entity="invoice",
        entity_id=invoice.id,
        after={"mandate_id": mandate.id, "on": on},
        at=at,
    )
    return True


def _pass_over(
    row: Debit, invoice: InvoiceSummary, reason: DebitReason, *, at: datetime
) -> None:
    row.status, row.reason, row.ended_at, row.next_at = DebitStatus.FAILED, reason, at, None
    if not Debit.objects.add_once(row):
        return
    audit.record(
        action="debit.passed_over",
        entity="invoice",
        entity_id=invoice.id,
        after={"mandate_id": row.mandate_id, "reason": reason},
        at=at,
    )
    tell_failed_debit(debit=row, invoice=invoice, at=at)
