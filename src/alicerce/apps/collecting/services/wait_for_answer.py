"""A debit whose last day is over, and that no bank said anything of: a person is told, and the ladder goes on.

Nothing else is charged by itself meanwhile: the money may have come. Its PSP is asked until it knows.
"""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.events import DebitAnswered, DebitUnanswered
from alicerce.apps.collecting.models import Debit
from alicerce.apps.collecting.rules.debiting import answered_by
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def note_silence(*, debit_id: UUID, at: datetime) -> bool:
    """For who has just asked in vain. False while there is time, and when it was noted before."""
    found = Debit.objects.get(pk=debit_id)
    if at < answered_by(found.debit_on):
        return False
    billing.hold_invoice(invoice_id=found.invoice_id)
    debit = Debit.objects.lock(debit_id)
    if not debit.go_unanswered(at=at):
        return False
    assert debit.charge_id is not None
    charge = billing.charge(debit.charge_id)
    audit.record(
        action="debit.unanswered",
        entity="invoice",
        entity_id=debit.invoice_id,
        after={"debit_id": debit.id, "on": debit.debit_on},
        at=at,
    )
    publish(
        DebitUnanswered(
            at=at,
            debit_id=debit.id,
            mandate_id=debit.mandate_id,
            invoice_id=debit.invoice_id,
            customer_id=debit.customer_id,
            charge_id=charge.id,
            debit_on=debit.debit_on,
            amount_cents=charge.amount.cents,
            currency=charge.amount.currency,
        )
    )
    return True


@transaction(shared=True)
def note_answer(*, debit: Debit, at: datetime) -> None:
    """For who holds it and knows that its charge is over. Told once."""
    if not debit.answer():
        return
    assert debit.charge_id is not None
    audit.record(
        action="debit.answered",
        entity="invoice",
        entity_id=debit.invoice_id,
        after={"debit_id": debit.id},
        at=at,
    )
    publish(
        DebitAnswered(
            at=at,
            debit_id=debit.id,
            mandate_id=debit.mandate_id,
            invoice_id=debit.invoice_id,
            customer_id=debit.customer_id,
            charge_id=debit.charge_id,
        )
    )
