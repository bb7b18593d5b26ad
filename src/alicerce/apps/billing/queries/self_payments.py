"""Which invoices are about to be paid by themselves, asked of whoever collects them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.ports import SelfPayment, self_payments
from alicerce.apps.billing.types import InvoiceSummary


def paying_themselves(
    invoices: Sequence[InvoiceSummary], *, at: datetime
) -> dict[UUID, SelfPayment]:
    """Those of them that do; in the reader's language."""
    found: dict[UUID, SelfPayment] = {}
    for name in sorted(self_payments):
        found |= self_payments[name](invoices, at)
    return found


def pays_itself(invoice: InvoiceSummary, *, at: datetime) -> str:
    """The sentence for a letter or a paper; empty where somebody has to pay it."""
    told = paying_themselves([invoice], at=at).get(invoice.id)
    return told.words if told else ""
