"""What of an invoice is a service, as it stands after every correction: what a tax document declares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Sum

from alicerce.apps.billing.models import CreditNote, InvoiceLine
from alicerce.apps.billing.queries.charged_taxes import taxes_of_invoice
from alicerce.apps.billing.queries.invoices import invoice
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus, LineKind
from alicerce.apps.billing.types.taxes import TaxView
from alicerce.apps.taxes.types import Manner

NO_SERVICE = (LineKind.LATE_FEE, LineKind.ADJUSTMENT, LineKind.TAX, LineKind.WITHHELD)


@dataclass(frozen=True, slots=True)
class DeclaredInvoice:
    """Prices in cents without what taxes add, by service code; taxes by kind as (rate, cents, withheld)."""

    cents: int
    codes: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    taxes: dict[str, tuple[int, int, bool]] = field(default_factory=dict)


def declared_of(invoice_id: UUID) -> DeclaredInvoice:
    """Nothing of funds, and of what is void. Raises NoSuchInvoice."""
    found = invoice(invoice_id)
    if found.kind != InvoiceKind.SALE or found.status == InvoiceStatus.VOID:
        return DeclaredInvoice(0)
    lines = list(
        InvoiceLine.objects.filter(invoice_id=invoice_id)
        .exclude(kind__in=NO_SERVICE)
        .order_by("position")
    )
    taxes = taxes_of_invoice(invoice_id)
    asked = sum(line.total_cents for line in lines)
    return DeclaredInvoice(
        cents=max(asked - _taken_back(invoice_id, taxes), 0),
        codes=tuple(sorted({line.service_code for line in lines if line.service_code})),
        descriptions=tuple(line.description for line in lines if line.total_cents > 0),
        taxes=_by_kind(taxes),
    )


def _taken_back(invoice_id: UUID, taxes: Sequence[TaxView]) -> int:
    """Of the prices: what notes took in all, less the taxes on top of them, with those kept back."""
    notes = CreditNote.objects.filter(invoice_id=invoice_id)
    whole = int(notes.aggregate(cents=Sum("total_cents"))["cents"] or 0)
    added = sum(one.given_back.cents for one in taxes if one.manner == Manner.ADDED)
    return whole - added + sum(one.given_back.cents for one in taxes if one.is_withheld)


def _by_kind(taxes: Sequence[TaxView]) -> dict[str, tuple[int, int, bool]]:
    found: dict[str, list[TaxView]] = defaultdict(list)
    for one in taxes:
        found[one.kind.value].append(one)
    return {
        kind: (
            max(one.rate_ppm for one in own),
            sum(one.amount.cents - one.given_back.cents for one in own),
            any(one.is_withheld for one in own),
        )
        for kind, own in found.items()
    }
