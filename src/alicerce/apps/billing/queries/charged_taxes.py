"""Taxes of invoices that are open: as they were charged, and what of them went back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Sum

from alicerce.apps.billing.models import CreditNoteTax, InvoiceLine, InvoiceLineTax
from alicerce.apps.billing.types import LineKind
from alicerce.apps.billing.types.taxes import TaxTaken, TaxView
from alicerce.apps.taxes.types import Levy, Manner, TaxKind
from alicerce.kernel.money import Money

CHARGES = (LineKind.PLAN, LineKind.DEBIT)


def charged_levies(
    asked: Collection[tuple[UUID, UUID | None]],
) -> dict[tuple[UUID, UUID | None], Sequence[Levy]]:
    """By invoice and subscription, the taxes that its plan was charged with: what is given back with it."""
    if not asked:
        return {}
    invoice_ids = {invoice_id for invoice_id, _ in asked}
    lines = InvoiceLine.objects.filter(invoice_id__in=invoice_ids, kind__in=CHARGES)
    found = list(lines.order_by("-position"))
    taxes = _taxes_of(invoice_ids)
    return {
        (line.invoice_id, subscription_id): taxes.get((line.invoice_id, line.position), ())
        for line in found
        for invoice_id, subscription_id in asked
        if line.invoice_id == invoice_id and line.subscription_id in {None, subscription_id}
    }


def _taxes_of(invoice_ids: Collection[UUID]) -> dict[tuple[UUID, int], list[Levy]]:
    found: dict[tuple[UUID, int], list[Levy]] = defaultdict(list)
    for row in InvoiceLineTax.objects.filter(invoice_id__in=invoice_ids).order_by("id"):
        found[row.invoice_id, row.position].append(row.levy())
    return found


def taxes_taken(invoice_id: UUID) -> list[TaxTaken]:
    """Line by line, with what credit notes gave back."""
    back = _given_back(invoice_id)
    rows = InvoiceLineTax.objects.filter(invoice_id=invoice_id).order_by("id")
    return [
        TaxTaken(
            row.id,
            row.position,
            row.tax_id,
            Manner(row.manner),
            row.is_withheld,
            row.amount_cents,
            back.get(row.id, 0),
        )
        for row in rows
    ]


def taxes_of_invoice(invoice_id: UUID) -> tuple[TaxView, ...]:
    """Each tax of an invoice once, in the order of its first line."""
    groups: dict[tuple[object, ...], list[InvoiceLineTax]] = defaultdict(list)
    own = InvoiceLineTax.objects.filter(invoice_id=invoice_id).select_related("invoice")
    for row in own.order_by("id"):
        groups[row.tax_id, row.rate_ppm, row.manner, row.is_withheld].append(row)
    back = _given_back(invoice_id) if groups else {}
    return tuple(_view(rows, back, rows[0].invoice.currency) for rows in groups.values())


def _view(rows: Sequence[InvoiceLineTax], back: dict[UUID, int], currency: str) -> TaxView:
    first = rows[0]
    return TaxView(
        name=first.name,
        kind=TaxKind(first.kind),
        rate_ppm=first.rate_ppm,
        manner=Manner(first.manner),
        is_withheld=first.is_withheld,
        base=Money(sum(row.base_cents for row in rows), currency),
        amount=Money(sum(row.amount_cents for row in rows), currency),
        given_back=Money(sum(back.get(row.id, 0) for row in rows), currency),
    )


def _given_back(invoice_id: UUID) -> dict[UUID, int]:
    notes = CreditNoteTax.objects.filter(note__invoice_id=invoice_id)
    rows = notes.values("line_tax_id").annotate(cents=Sum("amount_cents"))
    return {row["line_tax_id"]: int(row["cents"]) for row in rows}
