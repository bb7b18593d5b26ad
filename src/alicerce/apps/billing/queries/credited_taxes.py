"""What credit notes took of an invoice's lines and taxes, and what of them is left."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Sum

from alicerce.apps.billing.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine
from alicerce.apps.billing.queries.charged_taxes import taxes_taken
from alicerce.apps.billing.rules.giving_back import gross_of
from alicerce.apps.billing.rules.postings import Taxes
from alicerce.apps.billing.types.taxes import TaxTaken


def taxes_left(invoice_id: UUID) -> Taxes:
    """What no note gave back yet: all of it goes when an invoice is void."""
    taxes = taxes_taken(invoice_id)
    return sum_of(taxes, {one.id: one.left for one in taxes})


def left_of(invoice_id: UUID) -> dict[int, int]:
    """By position, how much of each line a note may still take back, for who only looks."""
    return left_of_lines(Invoice.objects.get(pk=invoice_id))


def left_of_lines(invoice: Invoice) -> dict[int, int]:
    """By position, how much of each line a note may still take back."""
    before = credited_of_lines(invoice.id)
    gross = gross_of_lines(invoice, taxes_taken(invoice.id))
    return {position: cents - before.get(position, 0) for position, cents in gross.items()}


def gross_of_lines(invoice: Invoice, taxes: Sequence[TaxTaken]) -> dict[int, int]:
    """By position, what each line asks for in all. A tax is credited with its line, never alone."""
    rows = InvoiceLine.objects.filter(invoice_id=invoice.id).order_by("position")
    return {
        line.position: 0 if line.is_tax else gross_of(line.position, line.total_cents, taxes)
        for line in rows
    }


def credited_of_lines(invoice_id: UUID) -> dict[int, int]:
    taken = CreditNoteLine.objects.filter(line__invoice_id=invoice_id)
    rows = taken.values("line__position").annotate(cents=Sum("amount_cents"))
    return {row["line__position"]: int(row["cents"]) for row in rows}


def credited_before(note: CreditNote) -> int:
    others = CreditNote.objects.filter(invoice_id=note.invoice_id).exclude(pk=note.id)
    return int(others.aggregate(cents=Sum("total_cents"))["cents"] or 0)


def sum_of(taxes: Sequence[TaxTaken], back: Mapping[UUID, int]) -> Taxes:
    return Taxes(
        sum(back.get(one.id, 0) for one in taxes),
        sum(back.get(one.id, 0) for one in taxes if one.is_withheld),
    )
