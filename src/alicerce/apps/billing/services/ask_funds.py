"""Ask a customer for funds: an invoice whose payment becomes credit, not revenue."""

from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.errors import NothingToInvoice
from alicerce.apps.billing.services.open_invoice import open_invoices
from alicerce.apps.billing.types import InvoiceKind, LineKind, NewInvoice, NewLine
from alicerce.apps.customers import public as customers
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

SMALLEST, LARGEST = 100, 10_000_000
"""Cents. Providers refuse less, and more is a slip of the hand."""


@transaction()
def ask_funds(*, customer_id: UUID, amount: Money, due_on: date, at: datetime) -> UUID:
    """Issue the invoice. Raises NothingToInvoice for an amount that nobody means."""
    if not SMALLEST <= amount.cents <= LARGEST:
        raise NothingToInvoice
    with translation.override(customers.customer(customer_id).locale):
        words = _("Créditos para pagar faturas")
    line = NewLine(words, 1, amount, kind=LineKind.ADJUSTMENT)
    draft = NewInvoice(customer_id, [line], due_on, kind=InvoiceKind.FUNDS)
    [invoice_id] = open_invoices(drafts=[draft], at=at)
    return invoice_id
