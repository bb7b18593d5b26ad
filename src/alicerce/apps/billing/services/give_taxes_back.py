"""What of an invoice's taxes a credit note gives back. The invoice is held meanwhile."""

from collections.abc import Sequence

from alicerce.apps.billing.models import CreditNote, CreditNoteTax, Invoice
from alicerce.apps.billing.queries.charged_taxes import taxes_taken
from alicerce.apps.billing.queries.credited_taxes import (
    credited_before,
    credited_of_lines,
    gross_of_lines,
    sum_of,
)
from alicerce.apps.billing.rules.giving_back import given_back
from alicerce.apps.billing.rules.postings import UNTAXED, Taxes
from alicerce.apps.billing.types.corrections import Credited


def give_taxes_back(*, note: CreditNote, invoice: Invoice, wanted: Sequence[Credited]) -> Taxes:
    """Write down the note's share of each line's tax. The note is written, its lines are not yet."""
    taxes = taxes_taken(invoice.id)
    if not taxes:
        return UNTAXED
    back = given_back(
        taxes,
        wanted,
        total=invoice.total_cents,
        credited_before=credited_before(note),
        gross_of_lines=gross_of_lines(invoice, taxes),
        credited_of_lines=credited_of_lines(invoice.id),
    )
    CreditNoteTax.objects.bulk_create(
        CreditNoteTax(note=note, line_tax_id=id_, amount_cents=cents)
        for id_, cents in back.items()
    )
    return sum_of(taxes, back)
