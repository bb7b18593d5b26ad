"""Whose row is taken first: counter, wallet, invoice, payment. In this order nobody waits in a circle.

Keys stay free: a row that only points at an invoice shares its key, and may wait for the wallet itself.
"""

from uuid import UUID

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.models import Invoice, Wallet


def hold_invoice(*, invoice_id: UUID) -> Invoice:
    """An issued invoice, and before it what its customer holds with us. Raises NoSuchInvoice."""
    found = hold_any_invoice(invoice_id=invoice_id)
    if found is None or found.number is None:
        raise NoSuchInvoice
    return found


def hold_any_invoice(*, invoice_id: UUID) -> Invoice | None:
    """The same, None when there is none."""
    own = Invoice.objects.filter(pk=invoice_id)
    customer_id = own.values_list("customer_id", flat=True).first()
    if customer_id is None:
        return None
    Wallet.objects.hold(customer_id)
    found: Invoice | None = own.select_for_update(of=("self",), no_key=True).first()
    return found
