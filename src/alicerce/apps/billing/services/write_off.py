"""Stop believing in an invoice. Who pays it late is welcome all the same."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.events import InvoiceWrittenOff
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def write_off(*, invoice_id: UUID, reason: str, at: datetime) -> bool:
    """Give up what is left of an open invoice. False when it was given up before.

    Raises NoSuchInvoice; InvoiceNotOpen when there is nothing to give up, or only funds were asked for.
    """
    invoice = hold_invoice(invoice_id=invoice_id)
    if invoice.status == InvoiceStatus.UNCOLLECTIBLE:
        return False
    if invoice.kind == InvoiceKind.FUNDS or not invoice.write_off(at=at):
        raise InvoiceNotOpen
    lost = invoice.remaining
    ledger.post(
        kind="invoice.written_off",
        key=f"invoice:{invoice.id}:written_off",
        postings=postings.written_off(amount=lost, customer_id=invoice.customer_id),
        at=at,
    )
    audit.record(
        action="invoice.written_off",
        entity="invoice",
        entity_id=invoice.id,
        before={"status": "open"},
        after={
            "status": "uncollectible",
            "amount_cents": lost.cents,
            "reason": Personal(reason, of=f"customer:{invoice.customer_id}"),
        },
        at=at,
    )
    publish(
        InvoiceWrittenOff(
            at=at,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            amount_cents=lost.cents,
            currency=lost.currency,
        )
    )
    return True
