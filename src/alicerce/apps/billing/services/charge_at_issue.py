"""Have the Pix of an invoice ready before anybody asks, where the company wants that."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules.due_charges import BRASILIA
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.types import GatewayKind, InvoiceKind, PaymentMethod
from alicerce.kernel.db import transaction


@transaction()
def charge_at_issue(*, invoice_id: UUID, at: datetime) -> bool:
    """False where nobody wants it, it is due today, or a charge was made before. Safe to repeat.

    Only with a due date: an immediate one would be over before its reminder is read.
    """
    invoice = Invoice.objects.lock(invoice_id)
    is_later = invoice.due_on > at.astimezone(BRASILIA).date()
    if not billing_rules().pix_at_issue or not is_later or invoice.kind != InvoiceKind.SALE:
        return False
    account = GatewayAccount.objects.latest_of(GatewayKind.PIX)
    if account is None or not account.has_due_dates():
        return False
    if Charge.objects.filter(invoice_id=invoice_id, method=PaymentMethod.PIX).exists():
        return False
    try:
        begin_charge(invoice_id=invoice_id, method=PaymentMethod.PIX, return_url="", at=at)
    except InvoiceNotOpen:
        return False
    return True
