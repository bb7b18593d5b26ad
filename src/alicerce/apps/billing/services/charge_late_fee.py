"""Ask for the fine and the interest of an invoice that was paid late, by an invoice of their own."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.models import Invoice, LateCharge
from alicerce.apps.billing.queries.lateness import late_fee_of
from alicerce.apps.billing.rules.late_fee import LateFee
from alicerce.apps.billing.services.open_invoice import open_invoices
from alicerce.apps.billing.services.use_wallet import use_brought
from alicerce.apps.billing.types import (
    InvoiceKind,
    LineKind,
    NewInvoice,
    NewLine,
)
from alicerce.apps.billing.types.contests import SETTLED
from alicerce.apps.customers import public as customers
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

DUE = timedelta(days=10)


@transaction()
def charge_late_fee(*, invoice_id: UUID, at: datetime) -> UUID | None:
    """The invoice that asks for it; None when nothing was late. Once, however often it is asked for.

    Who pays a late fee late pays no fee on it.
    """
    invoice = Invoice.objects.get(pk=invoice_id)
    if invoice.status not in SETTLED or invoice.kind == InvoiceKind.FUNDS:
        return None
    if _is_done(invoice_id):
        return None
    fee = late_fee_of(invoice)
    return _ask(invoice, fee, at=at) if fee.total else None


@transaction(shared=True)
def charge_brought_fee(*, invoice: Invoice, brought: LateFee, at: datetime) -> None:
    """Ask for a fee that came with the payment, and pay it with that; afterwards nothing is asked for.

    Whatever else of the invoice came late is asked for on the same.
    """
    if _is_done(invoice.id):
        return  # it stays the customer's credit
    own = late_fee_of(invoice)
    fee = LateFee(own.fine + brought.fine, own.interest + brought.interest)
    fee_id = _ask(invoice, fee, at=at)
    use_brought(invoice_id=fee_id, most=Money(brought.total, invoice.currency), at=at)


def _is_done(invoice_id: UUID) -> bool:
    own = LateCharge.objects.filter(invoice_id=invoice_id)
    of_it = LateCharge.objects.filter(fee_invoice_id=invoice_id)
    return bool(own.exists() or of_it.exists())


def _ask(invoice: Invoice, fee: LateFee, *, at: datetime) -> UUID:
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    draft = NewInvoice(
        invoice.customer_id,
        _lines(invoice, fee),
        at.astimezone(zone).date() + DUE,
        follows=invoice.series,
    )
    [fee_id] = open_invoices(drafts=[draft], at=at)
    LateCharge.objects.create(
        invoice=invoice,
        fee_invoice_id=fee_id,
        fine_cents=fee.fine,
        interest_cents=fee.interest,
    )
    return fee_id


def _lines(invoice: Invoice, fee: LateFee) -> list[NewLine]:
    locale = customers.customer(invoice.customer_id).locale
    return fee_lines(fee=fee, code=invoice.code, currency=invoice.currency, locale=locale)


def fee_lines(*, fee: LateFee, code: str, currency: str, locale: str) -> list[NewLine]:
    with translation.override(locale):
        told = {"number": code}
        words = [
            (_("Multa por atraso da fatura nº %(number)s") % told, fee.fine),
            (_("Juros por atraso da fatura nº %(number)s") % told, fee.interest),
        ]
    return [
        NewLine(said, 1, Money(cents, currency), kind=LineKind.LATE_FEE)
        for said, cents in words
        if cents
    ]
