"""What days of a subscription are worth on the invoice that asks for them."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing.errors import NotCreditable
from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.billing.queries.charged_taxes import taxes_taken
from alicerce.apps.billing.queries.credited_taxes import gross_of_lines, left_of_lines
from alicerce.apps.billing.rules.crediting import less_discounts
from alicerce.apps.billing.rules.proration import prorated
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types import LineKind
from alicerce.apps.billing.types.corrections import Credited


def days_worth(
    *,
    invoice_id: UUID,
    subscription_id: UUID,
    starts_on: date,
    cents: int,
    before: Fraction,
    after: Fraction,
) -> list[Credited]:
    """From one share of the period that begins on this day to a larger one, with its taxes and less its coupon.

    Counted from the whole each time, so that days credited one by one sum to the cents of all of them; never
    more of a line than it has left. An order's first invoice names no subscription: there it is a share of `cents`,
    of the invoice in general. Raises NotCreditable.
    """
    invoice = Invoice.objects.get(pk=invoice_id)
    lines = InvoiceLine.objects.filter(
        invoice_id=invoice_id, subscription_id=subscription_id, starts_on=starts_on
    )
    own = sorted(lines.exclude(kind=LineKind.USAGE).values_list("position", flat=True))
    gross, left = gross_of_lines(invoice, taxes_taken(invoice_id)), left_of_lines(invoice)
    wanted = less_discounts(
        {at: _part(gross[at], left[at], before=before, after=after) for at in own}
    )
    if not own:
        whole = _with_taxes(cents, invoice_id)
        wanted = [Credited(prorated(whole, after) - prorated(whole, before))]
    total = sum(one.cents for one in wanted)
    if not total or total > invoice.creditable.cents:
        raise NotCreditable
    return wanted


def _with_taxes(cents: int, invoice_id: UUID) -> int:
    totals = defaultdict(int, InvoiceLine.totals_by_kind(invoice_id))
    asked = sum(totals.values())
    prices = asked - totals[LineKind.TAX] - totals[LineKind.WITHHELD]
    return half_up(Fraction(cents * asked, prices)) if prices else cents


def _part(gross: int, left: int, *, before: Fraction, after: Fraction) -> int:
    part = prorated(gross, after) - prorated(gross, before)
    return part if gross < 0 else min(part, left)
