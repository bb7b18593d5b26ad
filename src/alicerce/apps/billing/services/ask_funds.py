"""Ask a customer for funds: an invoice whose payment becomes credit, not revenue."""

from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import NothingToInvoice
from alicerce.apps.billing.events import InvoiceIssued
from alicerce.apps.billing.models import Invoice, LedgerTransaction
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.types import InvoiceKind, NewLine
from alicerce.apps.customers import public as customers
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

SMALLEST, LARGEST = 100, 10_000_000
"""Cents. Providers refuse less, and more is a slip of the hand."""


@transaction()
def ask_funds(*, customer_id: UUID, amount: Money, due_on: date, at: datetime) -> UUID:
    """Issue the invoice. Raises NothingToInvoice for an amount that nobody means."""
    if not SMALLEST <= amount.cents <= LARGEST:
        raise NothingToInvoice
    with translation.override(customers.customer(customer_id).locale):
        line = NewLine(_("Créditos para pagar faturas"), 1, amount)
    invoice: Invoice = Invoice.objects.create(
        customer_id=customer_id,
        kind=InvoiceKind.FUNDS,
        currency=amount.currency,
        due_on=due_on,
    )
    invoice.add_lines([line])
    invoice.open(total=amount, at=at)
    LedgerTransaction.post(
        kind="invoice.opened",
        key=f"invoice:{invoice.id}:opened",
        postings=postings.funds_asked(total=amount, customer_id=customer_id),
        at=at,
    )
    _tell(invoice, at=at)
    return UUID(str(invoice.id))


def _tell(invoice: Invoice, *, at: datetime) -> None:
    assert invoice.number is not None
    audit.record(
        action="invoice.issued",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "number": invoice.code,
            "kind": InvoiceKind.FUNDS.value,
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
            order_id=None,
            number=invoice.number,
            total_cents=invoice.total_cents,
            currency=invoice.currency,
        )
    )
