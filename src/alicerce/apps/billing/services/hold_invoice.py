"""Look at an invoice, and be sure of what was seen."""

from uuid import UUID

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.kernel.db import transaction


@transaction(shared=True)
def hold_invoice(*, invoice_id: UUID) -> InvoiceSummary:
    """It stays as it is until the caller's transaction ends: whoever pays or voids it waits.

    Raises NoSuchInvoice.
    """
    try:
        invoice: Invoice = Invoice.objects.lock(invoice_id)
    except Invoice.DoesNotExist:
        raise NoSuchInvoice from None
    return invoice.summary()
