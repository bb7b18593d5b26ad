"""Take back an invoice that was not paid in full."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import InvoiceDisputed, InvoiceNotOpen, RefundUnderWay
from alicerce.apps.billing.events import InvoiceVoided
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.queries.credited_taxes import taxes_left
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.deferring import take_all_back
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def void_invoice(*, invoice_id: UUID, at: datetime, reason: str = "") -> None:
    """Void an open invoice; voiding it twice changes nothing. Raises InvoiceNotOpen when paid.

    What was paid of it becomes the customer's credit. Somebody's reason is kept in the trail: the
    invoice itself never changes any more.
    """
    invoice = hold_any_invoice(invoice_id=invoice_id)
    if invoice is None:
        raise Invoice.DoesNotExist
    if invoice.status == InvoiceStatus.VOID:
        return
    if invoice.status != InvoiceStatus.OPEN:
        raise InvoiceNotOpen
    if invoice.refunding_cents:
        raise RefundUnderWay
    if invoice.disputed_cents:
        raise InvoiceDisputed
    _give_up(invoice, at=at)
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


def _give_up(invoice: Invoice, *, at: datetime) -> None:
    asked, paid = invoice.remaining, invoice.kept
    unearned = take_all_back(invoice=invoice, at=at)
    invoice.void(at=at)
    if paid.cents:
        invoice.relieve(relieved=0, returned=paid.cents)
    if asked.cents or paid.cents:
        ledger.post(
            kind="invoice.voided",
            key=f"invoice:{invoice.id}:voided",
            postings=postings.invoice_voided(
                total=asked,
                paid=paid,
                customer_id=invoice.customer_id,
                kind=InvoiceKind(invoice.kind),
                taxes=taxes_left(invoice.id),
                unearned=unearned,
            ),
            at=at,
        )
    if paid.cents:
        say_wallet_moved(customer_id=invoice.customer_id, amount=paid, kind="voided", at=at)


def _because(reason: str, invoice: Invoice) -> dict[str, Personal]:
    if not reason:
        return {}
    return {"reason": Personal(reason, of=f"customer:{invoice.customer_id}")}
