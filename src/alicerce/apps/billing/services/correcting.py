"""What corrects an invoice, a payment or a balance, behind one name for who stands above billing."""

from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.record_payment import ByHand, record_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.services.write_off import write_off

__all__ = [
    "ByHand",
    "adjust_wallet",
    "begin_refund",
    "credit_invoice",
    "record_payment",
    "void_invoice",
    "write_off",
]
