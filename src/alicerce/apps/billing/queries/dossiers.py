"""An invoice with all that ever happened to it, for who corrects it."""

from collections import defaultdict
from fractions import Fraction
from uuid import UUID

from django.db.models import Sum

from alicerce.apps.billing.errors import NoSuchCreditNote, NoSuchPayment
from alicerce.apps.billing.models import (
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    Payment,
    WalletUse,
)
from alicerce.apps.billing.queries.invoices import invoice, invoice_detail
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.queries.refunds import left_to_refund, refunds_of
from alicerce.apps.billing.rules.refunding import source_of
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types import (
    InvoiceKind,
    InvoiceStatus,
    LineKind,
    PaymentFit,
    PaymentView,
)
from alicerce.apps.billing.types.corrections import (
    CreditNoteView,
    Dossier,
    RefundSource,
    WalletUseView,
)
from alicerce.kernel.money import Money


def dossier(invoice_id: UUID) -> Dossier:
    """Raises NoSuchInvoice."""
    return Dossier(
        detail=invoice_detail(invoice_id),
        uses=wallet_uses(invoice_id),
        credit_notes=credit_notes_of(invoice_id),
        refunds=tuple(refunds_of(invoice_id)),
    )


def remaining_of(invoice_id: UUID) -> Money:
    """What it still asks for: the total less what was paid and credited. Raises NoSuchInvoice."""
    return invoice(invoice_id).remaining


def standing_of(invoice_id: UUID, *, subscription_id: UUID, cents: int) -> int:
    """How much an invoice still stands for, of what it asked for a subscription: net of its corrections.

    A correction of nothing in particular counts; one of another subscription's line does not.
    """
    found = invoice(invoice_id)
    if found.status == InvoiceStatus.VOID:
        return 0
    notes = CreditNote.objects.filter(invoice_id=invoice_id).aggregate(all=Sum("total_cents"))
    others = CreditNoteLine.objects.filter(
        note__invoice_id=invoice_id, line__subscription_id__isnull=False
    ).exclude(line__subscription_id=subscription_id)
    elsewhere = others.aggregate(all=Sum("amount_cents"))
    taken = (notes["all"] or 0) - (elsewhere["all"] or 0) + found.refunding.cents
    return max(cents - max(_without_taxes(taken, invoice_id), 0), 0)


def _without_taxes(taken: int, invoice_id: UUID) -> int:
    """What was taken back of the prices, when this much was taken of all that is asked for with them."""
    totals = defaultdict(int, InvoiceLine.totals_by_kind(invoice_id))
    taxes = totals[LineKind.TAX] + totals[LineKind.WITHHELD]
    asked = sum(totals.values())
    return half_up(Fraction(taken * (asked - taxes), asked)) if taxes and asked else taken


def wallet_uses(invoice_id: UUID) -> tuple[WalletUseView, ...]:
    rows = WalletUse.objects.filter(invoice_id=invoice_id).order_by("id")
    return tuple(row.view() for row in rows)


def invoice_of_note(credit_note_id: UUID) -> UUID:
    """What it corrects. Raises NoSuchCreditNote."""
    own = CreditNote.objects.filter(pk=credit_note_id)
    found: UUID | None = own.values_list("invoice_id", flat=True).first()
    if found is None:
        raise NoSuchCreditNote
    return found


def credit_notes_of(invoice_id: UUID) -> tuple[CreditNoteView, ...]:
    """Newest first, with their lines."""
    lines: dict[UUID, list[CreditNoteLine]] = defaultdict(list)
    taken = CreditNoteLine.objects.filter(note__invoice_id=invoice_id)
    for line in taken.select_related("line").order_by("id"):
        lines[line.note_id].append(line)
    notes = CreditNote.objects.filter(invoice_id=invoice_id).order_by("-id")
    return tuple(note.view(lines[note.id]) for note in notes)


def refundable(payment_id: UUID) -> tuple[PaymentView, Money]:
    """A payment, and how much of it may go back out of where it is now. Raises NoSuchPayment."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        raise NoSuchPayment
    own = Invoice.objects.filter(pk=payment.invoice_id) if payment.invoice_id else None
    return payment.view(), min(
        left_to_refund(payment), _held(payment, own.first() if own else None)
    )


def _held(payment: Payment, invoice: Invoice | None) -> Money:
    source = source_of(
        fit=PaymentFit(payment.fit),
        kind=InvoiceKind(invoice.kind) if invoice else None,
        status=InvoiceStatus(invoice.status) if invoice else None,
    )
    if source == RefundSource.INVOICE and invoice:
        return min(invoice.kept, invoice.creditable)
    if source == RefundSource.WALLET and payment.customer_id:
        held = {one.currency: one for one in wallet_balance(payment.customer_id)}
        return held.get(payment.currency, Money(0, payment.currency))
    return payment.amount
