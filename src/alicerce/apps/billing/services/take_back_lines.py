"""Ask no more for one subscription's days, on an invoice that asks for other things too."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing.models import CreditNoteCounter, Invoice, InvoiceLine
from alicerce.apps.billing.queries.credited_taxes import left_of_lines
from alicerce.apps.billing.rules.crediting import less_discounts
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.types import LineKind
from alicerce.apps.billing.types.corrections import Credited
from alicerce.kernel.db import transaction


@transaction(shared=True)
def take_back_lines(
    *, invoice_id: UUID, subscription_id: UUID, starts_on: date, reason: str, at: datetime
) -> bool:
    """Credit what it asks for the period that begins on this day, with its taxes and less its coupon.

    What was used before is asked for still. False when it is not open, or when so much of it is paid that
    something would have to be given back.
    """
    CreditNoteCounter.hold()
    invoice = hold_invoice(invoice_id=invoice_id)
    wanted = _wanted(invoice, subscription_id, starts_on)
    cents = sum(one.cents for one in wanted)
    if not cents or not invoice.is_payable or cents > invoice.remaining.cents:
        return False
    credit_invoice(invoice_id=invoice_id, wanted=wanted, reason=reason, at=at)
    return True


def _wanted(invoice: Invoice, subscription_id: UUID, starts_on: date) -> Sequence[Credited]:
    lines = InvoiceLine.objects.filter(
        invoice_id=invoice.id, subscription_id=subscription_id, starts_on=starts_on
    )
    own = lines.exclude(kind=LineKind.USAGE).values_list("position", flat=True)
    left = left_of_lines(invoice)
    return less_discounts({position: left[position] for position in sorted(own)})
