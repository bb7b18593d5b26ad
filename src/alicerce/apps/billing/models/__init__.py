"""The tables of billing."""

from alicerce.apps.billing.models.attribution import Attribution
from alicerce.apps.billing.models.charge import Charge
from alicerce.apps.billing.models.connecting import ConnectOffer, Merchant
from alicerce.apps.billing.models.contest import Contest
from alicerce.apps.billing.models.counter import InvoiceCounter
from alicerce.apps.billing.models.credit_note import (
    CreditNote,
    CreditNoteCounter,
    CreditNoteLine,
)
from alicerce.apps.billing.models.deferral import Deferral, Recognition
from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import SERIES, Draft, Invoice
from alicerce.apps.billing.models.invoice_line import InvoiceLine
from alicerce.apps.billing.models.issuer import CustomerIssuer, Issuer
from alicerce.apps.billing.models.late_fee import LateCharge
from alicerce.apps.billing.models.line_tax import CreditNoteTax, InvoiceLineTax
from alicerce.apps.billing.models.notice import Notice
from alicerce.apps.billing.models.paper import Paper
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.models.platform_fee import PlatformFee
from alicerce.apps.billing.models.refund import Refund
from alicerce.apps.billing.models.ruling import Ruling
from alicerce.apps.billing.models.wallet import Wallet, WalletUse

__all__ = [
    "SERIES",
    "Attribution",
    "Charge",
    "ConnectOffer",
    "Contest",
    "CreditNote",
    "CreditNoteCounter",
    "CreditNoteLine",
    "CreditNoteTax",
    "CustomerIssuer",
    "Deferral",
    "Draft",
    "GatewayAccount",
    "Invoice",
    "InvoiceCounter",
    "InvoiceLine",
    "InvoiceLineTax",
    "Issuer",
    "LateCharge",
    "Merchant",
    "Notice",
    "Paper",
    "Payment",
    "PlatformFee",
    "Recognition",
    "Refund",
    "Ruling",
    "Wallet",
    "WalletUse",
]
