"""Take back an invoice that nobody paid."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.events import InvoiceVoided
from alicerce.apps.billing.models import Invoice, LedgerTransaction
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.types import InvoiceStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def void_invoice(*, invoice_id: UUID, at: datetime, reason: str = "") -> None:
    """Void an open invoice; voiding it twice changes nothing. Raises InvoiceNotOpen when paid.

    Somebody's reason is kept in the trail: the invoice itself never changes any more.
    """
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
        after={"status": "void", **_because(reason, invoice)},
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


def _because(reason: str, invoice: Invoice) -> dict[str, Personal]:
    if not reason:
        return {}
    return {"reason": Personal(reason, of=f"customer:{invoice.customer_id}")}
