"""Ask a customer to pay."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import NothingToInvoice
from alicerce.apps.billing.events import InvoiceIssued, InvoicePaid
from alicerce.apps.billing.models import Invoice, LedgerTransaction
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.use_wallet import use_wallets
from alicerce.apps.billing.types import NewLine
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


@transaction()
def open_invoice(
    *,
    customer_id: UUID,
    lines: Sequence[NewLine],
    due_on: date,
    at: datetime,
    order_id: UUID | None = None,
) -> UUID:
    """Issue an invoice with the next number. One that costs nothing is paid at once.

    An order has one invoice: asked again, it is the same. Raises NothingToInvoice.
    """
    if order_id and (known := Invoice.objects.issued().filter(order_id=order_id).first()):
        return UUID(str(known.id))
    invoice = _draft(customer_id, order_id, lines, due_on)
    invoice.open(total=_total(lines), at=at)
    if invoice.total.cents:
        _post(invoice, at=at)
    _tell_issued(invoice, at=at)
    if not invoice.total.cents:
        _settle_for_nothing(invoice, at=at)
    use_wallets(invoices=[invoice], at=at)
    return UUID(str(invoice.id))


def _draft(
    customer_id: UUID, order_id: UUID | None, lines: Sequence[NewLine], due_on: date
) -> Invoice:
    invoice: Invoice = Invoice.objects.create(
        customer_id=customer_id,
        order_id=order_id,
        currency=_total(lines).currency,
        due_on=due_on,
    )
    invoice.add_lines(lines)
    return invoice


def _total(lines: Sequence[NewLine]) -> Money:
    try:
        return postings.total_of(lines)
    except postings.MixedLines:
        raise NothingToInvoice from None


def _post(invoice: Invoice, *, at: datetime) -> None:
    LedgerTransaction.post(
        kind="invoice.opened",
        key=f"invoice:{invoice.id}:opened",
        postings=postings.invoice_opened(total=invoice.total, customer_id=invoice.customer_id),
        at=at,
    )


def _tell_issued(invoice: Invoice, *, at: datetime) -> None:
    assert invoice.number is not None
    audit.record(
        action="invoice.issued",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "number": invoice.code,
            "total_cents": invoice.total_cents,
            "currency": invoice.currency,
        },
        at=at,
    )
    publish(
        InvoiceIssued(
            at=at,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            order_id=invoice.order_id,
            number=invoice.number,
            total_cents=invoice.total_cents,
            currency=invoice.currency,
        )
    )


def _settle_for_nothing(invoice: Invoice, *, at: datetime) -> None:
    invoice.settle(at=at)
    audit.record(
        action="invoice.paid",
        entity="invoice",
        entity_id=invoice.id,
        before={"status": "open"},
        after={"status": "paid", "total_cents": 0},
        at=at,
    )
    publish(
        InvoicePaid(
            at=at,
            invoice_id=invoice.id,
            order_id=invoice.order_id,
            customer_id=invoice.customer_id,
            method="",
            total_cents=0,
            currency=invoice.currency,
        )
    )
