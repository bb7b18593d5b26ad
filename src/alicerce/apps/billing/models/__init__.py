"""The tables of billing."""

from alicerce.apps.billing.models.charge import Charge
from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import Invoice, InvoiceCounter, InvoiceLine
from alicerce.apps.billing.models.ledger import LedgerEntry, LedgerTransaction
from alicerce.apps.billing.models.notice import Notice
from alicerce.apps.billing.models.payment import Payment

__all__ = [
    "Charge",
    "GatewayAccount",
    "Invoice",
    "InvoiceCounter",
    "InvoiceLine",
    "LedgerEntry",
    "LedgerTransaction",
    "Notice",
    "Payment",
]
