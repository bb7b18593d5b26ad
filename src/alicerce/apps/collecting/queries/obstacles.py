"""Why an invoice is not debited, where no bank was asked."""

from datetime import date, datetime

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.rules.debiting import ask_at, cycle_of, fits
from alicerce.apps.collecting.types import DebitReason, DebitStatus


def obstacle_to(
    mandate: Mandate, invoice: InvoiceSummary, on: date, *, at: datetime
) -> DebitReason | None:
    """None where a bank may be asked for that day."""
    if ask_at(on, at=at) is None or mandate.starts_on > on:
        return DebitReason.TOO_LATE
    if not fits(invoice.remaining, fixed=mandate.fixed, most=mandate.most):
        return DebitReason.OVER_LIMIT
    cycle_on = cycle_of(mandate.starts_on, on)
    taken = Debit.objects.filter(mandate=mandate, cycle_on=cycle_on)
    taken = taken.exclude(status=DebitStatus.DROPPED)
    is_taken = taken.exclude(status=DebitStatus.FAILED, charge=None).exists()
    return DebitReason.CYCLE_TAKEN if is_taken else None
