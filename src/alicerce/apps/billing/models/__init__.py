"""The tables of billing."""

from alicerce.apps.billing.models.charge import Charge
from alicerce.apps.billing.models.counter import InvoiceCounter
from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import SERIES, Draft, Invoice
from alicerce.apps.billing.models.invoice_line import InvoiceLine
from alicerce.apps.billing.models.ledger import LedgerEntry, LedgerTransaction
from alicerce.apps.billing.models.notice import Notice
from alicerce.apps.billing.models.payment import Payment

__all__ = [
    "SERIES",
    "Charge",
    "Draft",
    "GatewayAccount",
    "Invoice",
    "InvoiceCounter",
    "InvoiceLine",
    "LedgerEntry",
    "LedgerTransaction",
    "Notice",
    "Payment",
]
