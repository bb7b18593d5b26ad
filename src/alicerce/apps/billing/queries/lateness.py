"""What an invoice that is paid late costs beyond its total, so far."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing.models import Charge, Invoice, Payment, WalletUse
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules.late_fee import LateFee
from alicerce.apps.billing.rules.lateness import Receipt, fee_for, terms_of
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.business_days import payable_until


def late_fee_of(invoice: Invoice) -> LateFee:
    """Of what came, by the rules of the company today."""
    return fee_for(
        receipts_of(invoice.id),
        due_on=payable_until(invoice.due_on),
        terms=terms_of(billing_rules()),
    )


def late_fee_if_paid(invoice: InvoiceSummary, *, on: date) -> LateFee:
    """What it would be, did the rest come on that day; nothing of funds, which nobody owes."""
    if not invoice.is_payable or invoice.kind == InvoiceKind.FUNDS:
        return LateFee(0, 0)
    rest = Receipt(on, invoice.remaining.cents)
    return fee_for(
        [*receipts_of(invoice.id), rest],
        due_on=payable_until(invoice.due_on),
        terms=terms_of(billing_rules()),
    )


def receipts_of(invoice_id: UUID) -> list[Receipt]:
    """But for what came with its own fee: the payer's bank asked for that, and nobody does again."""
    zone = ZoneInfo(tenancy.time_zone())
    own = Charge.objects.filter(invoice_id=invoice_id).paid_with_fee()
    payments = Payment.objects.filter(invoice_id=invoice_id, fit="applied").exclude(
        charge__in=own.values("pk"), charge__isnull=False
    )
    uses = WalletUse.objects.filter(invoice_id=invoice_id)
    came = [
        *payments.values_list("received_at", "amount_cents"),
        *uses.values_list("used_at", "amount_cents"),
    ]
    return [Receipt(_day(at, zone), cents) for at, cents in came]


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
