"""Look at an invoice, and be sure of what was seen."""

from uuid import UUID

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.kernel.db import transaction


@transaction(shared=True)
def hold_invoice(*, invoice_id: UUID) -> InvoiceSummary:
    """It stays as it is until the caller's transaction ends: whoever pays or voids it waits.

    What its customer holds with us is held before it: the caller may go on to move that.
    Raises NoSuchInvoice.
    """
    invoice = hold_any_invoice(invoice_id=invoice_id)
    if invoice is None:
        raise NoSuchInvoice
    return invoice.summary()
