"""Take back an invoice that nobody paid."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.events import InvoiceVoided
from alicerce.apps.billing.models import Invoice, LedgerTransaction
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.types import InvoiceStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def void_invoice(*, invoice_id: UUID, at: datetime) -> None:
    """Void an open invoice; voiding it twice changes nothing. Raises InvoiceNotOpen when paid."""
    invoice = Invoice.objects.lock(invoice_id)
    if invoice.status == InvoiceStatus.VOID:
        return
    if not invoice.void(at=at):
        raise InvoiceNotOpen
    LedgerTransaction.post(
        kind="invoice.voided",
        key=f"invoice:{invoice.id}:voided",
        postings=postings.invoice_voided(total=invoice.total, customer_id=invoice.customer_id),
        at=at,
    )
    audit.record(
        action="invoice.voided",
        entity="invoice",
        entity_id=invoice.id,
        before={"status": "open"},
        after={"status": "void"},
        at=at,
    )
    publish(
        InvoiceVoided(
            at=at,
            invoice_id=invoice.id,
            order_id=invoice.order_id,
            customer_id=invoice.customer_id,
        )
    )
