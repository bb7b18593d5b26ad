"""Which payment settles which invoice."""

from dataclasses import dataclass

from alicerce.apps.billing.types import PAYABLE, InvoiceStatus, Misfit, PaymentFit
from alicerce.kernel.money import Money

CLOSED = {
    InvoiceStatus.DRAFT: Misfit.NOT_OPEN,
    InvoiceStatus.PAID: Misfit.ALREADY_PAID,
    InvoiceStatus.DISPUTED: Misfit.ALREADY_PAID,
    InvoiceStatus.CHARGED_BACK: Misfit.ALREADY_PAID,
    InvoiceStatus.VOID: Misfit.VOID,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invoice still asks for, and whether it does."""

    total: Money
    status: InvoiceStatus


def fit_of(*, amount: Money, asked: Asked | None) -> tuple[PaymentFit, Misfit | None]:
    """Only the exact amount, for an invoice that is still open, settles it."""
    if asked is None:
        return PaymentFit.FLAGGED, Misfit.NO_INVOICE
    misfit = _misfit(amount, asked)
    return (PaymentFit.CREDITED, misfit) if misfit else (PaymentFit.APPLIED, None)


def _misfit(amount: Money, asked: Asked) -> Misfit | None:
    if asked.status not in PAYABLE:
        return CLOSED[asked.status]
    if amount.currency != asked.total.currency:
        return Misfit.CURRENCY
    return None if amount == asked.total else Misfit.AMOUNT
