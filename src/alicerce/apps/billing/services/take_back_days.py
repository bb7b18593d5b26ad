"""Credit days of a subscription that were not delivered."""

from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing.models import CreditNoteCounter
from alicerce.apps.billing.queries.days_worth import days_worth
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.kernel.db import transaction


@transaction(shared=True)
def take_back_days(
    *,
    invoice_id: UUID,
    subscription_id: UUID,
    starts_on: date,
    cents: int,
    before: Fraction,
    after: Fraction,
    reason: str,
    at: datetime,
) -> int:
    """By a credit note of what `days_worth` says; the cents of it. Raises NoSuchInvoice, NotCreditable."""
    CreditNoteCounter.hold()
    hold_invoice(invoice_id=invoice_id)
    wanted = days_worth(
        invoice_id=invoice_id,
        subscription_id=subscription_id,
        starts_on=starts_on,
        cents=cents,
        before=before,
        after=after,
    )
    credit_invoice(invoice_id=invoice_id, wanted=wanted, reason=reason, at=at)
    return sum(one.cents for one in wanted)
