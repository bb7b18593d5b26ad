"""What of an invoice its days have yet to earn: set apart when it opens, taken back when it is corrected.

Whoever moves it shares a lock that the nightly recognition takes alone: each sees all of the other, or
nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.models import (
    Deferral,
    Draft,
    Invoice,
    InvoiceLine,
    Recognition,
)
from alicerce.apps.billing.queries.charged_taxes import taxes_taken
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.rules.allocation import spread
from alicerce.apps.billing.rules.deferring import earned, left_after, takeable
from alicerce.apps.billing.rules.postings import UNTAXED, Taxes
from alicerce.apps.billing.rules.proration import prorated
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.types import InvoiceStatus, NewLine, Period
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.types.deferring import NewDeferral
from alicerce.apps.ledger import public as ledger
from alicerce.apps.taxes.types import Manner
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import share
from alicerce.kernel.money import Money

LOCK = "deferred revenue"


def local_day(*, at: datetime) -> date:
    return at.astimezone(ZoneInfo(tenancy.time_zone())).date()


def defer_drafts(*, drafts: Sequence[Draft], at: datetime) -> dict[UUID, Money]:
    """Set apart what these invoices ask for days to come. How much of each; nobody is absent."""
    none = {draft.id: Money(0, draft.total.currency) for draft in drafts}
    if not any(_is_for_days(line) for draft in drafts for line in draft.asked.lines):
        return none
    day = _begin(at)
    rows = [row for draft in drafts for row in _rows(draft, day)]
    Deferral.objects.write(rows)
    for row in rows:
        none[row.invoice_id] += _to_come(row)
    return none


@transaction(shared=True)
def defer_sale(
    *, invoice_id: UUID, subscription_id: UUID, amount: Money, period: Period, at: datetime
) -> None:
    """Set apart what an invoice asked for days that nobody knew before it was paid.

    Never more than the invoice kept. Raises NoSuchInvoice.
    """
    invoice = hold_any_invoice(invoice_id=invoice_id)
    if invoice is None:
        raise NoSuchInvoice
    kept = _ours(invoice, min(amount.cents, invoice.creditable.cents))
    day = _begin(at)
    if kept.cents <= 0 or invoice.status == InvoiceStatus.VOID or day >= period.ends_on:
        return
    row = NewDeferral(invoice_id, kept, period, day, subscription_id=subscription_id)
    Deferral.objects.write([row])
    ledger.post(
        kind="revenue.deferred",
        key=f"deferral:{subscription_id}",
        postings=postings.deferred(amount=_to_come(row)),
        at=at,
    )


def take_back(
    *,
    invoice: Invoice,
    cents: int,
    at: datetime,
    wanted: Sequence[Credited] = (),
    taxes: Taxes = UNTAXED,
) -> Money:
    """Earn so much less of the days to come. How much of it was not earned yet; the rest was revenue.

    Of a line that is named, or of the whole; but for the taxes in it, which nobody was to earn.
    Whoever asks holds the invoice.
    """
    found = list(Deferral.objects.standing().filter(invoice_id=invoice.id).order_by("id"))
    if not found:
        return Money(0, invoice.currency)
    day = max(_begin(at), *(row.begun_on for row in found))
    before = {row.id: row.unearned(day) for row in found}
    after = dict(before)
    parts = wanted or [Credited(cents)]
    ours = spread(cents + taxes.withheld - taxes.payable, [part.cents for part in parts])
    for part, own in zip(parts, ours, strict=True):
        _take(after, _parts(found, part.position), own)
    _rewrite([row for row in found if after[row.id] != before[row.id]], after, day)
    return Money(sum(before.values()) - sum(after.values()), invoice.currency)


def take_all_back(*, invoice: Invoice, at: datetime) -> Money:
    """Earn none of the days to come. What they would have earned."""
    found = list(Deferral.objects.standing().filter(invoice_id=invoice.id))
    if not found:
        return Money(0, invoice.currency)
    day = max(_begin(at), *(row.begun_on for row in found))
    Deferral.objects.close([row.id for row in found], on=day)
    return Money(sum(row.unearned(day) for row in found), invoice.currency)


def _begin(at: datetime) -> date:
    """The day it is, in the books: not before what they have recognized."""
    share(LOCK)
    today = local_day(at=at)
    until = Recognition.objects.values_list("until", flat=True).first()
    if until is None:
        Recognition.objects.add_once(Recognition(until=today))
    return max(today, until or today)


def _ours(invoice: Invoice, cents: int) -> Money:
    """But for the taxes that stand within prices."""
    within = sum(one.left for one in taxes_taken(invoice.id) if one.manner != Manner.ADDED)
    if not within:
        return Money(cents, invoice.currency)
    lines = InvoiceLine.objects.filter(invoice_id=invoice.id)
    priced = sum(line.total_cents for line in lines if not line.is_tax)
    return Money(cents - prorated(cents, Fraction(within, priced)), invoice.currency)


def _is_for_days(line: NewLine) -> bool:
    return line.starts_on is not None and line.ends_on is not None


def _rows(draft: Draft, day: date) -> Iterable[NewDeferral]:
    within = draft.levying.within()
    for position, line in enumerate(draft.asked.lines, start=1):
        if line.starts_on is None or line.ends_on is None or line.ends_on <= day:
            continue
        ours = line.total - Money(within.get(position, 0), line.total.currency)
        if ours.cents:
            period = Period(line.starts_on, line.ends_on)
            yield NewDeferral(draft.id, ours, period, day, position, line.subscription_id)


def _to_come(row: NewDeferral) -> Money:
    before = earned(row.amount.cents, row.period, before=row.begun_on)
    return Money(row.amount.cents - before, row.amount.currency)


def _parts(found: Sequence[Deferral], position: int | None) -> list[UUID]:
    """The line's own; of an order's invoice, whose lines did not know their days, all of them."""
    own = [row.id for row in found if row.position == position]
    if position is None:
        return [row.id for row in found]
    return own or [row.id for row in found if row.position is None]


def _take(after: dict[UUID, int], ids: Sequence[UUID], cents: int) -> None:
    unearned = [after[one] for one in ids]
    after.update(zip(ids, left_after(unearned, takeable(unearned, cents)), strict=True))


def _rewrite(changed: Sequence[Deferral], after: dict[UUID, int], day: date) -> None:
    Deferral.objects.close([row.id for row in changed], on=day)
    Deferral.objects.write(
        NewDeferral(
            row.invoice_id,
            Money(after[row.id], row.currency),
            Period(max(day, row.starts_on), row.ends_on),
            day,
            row.position,
            row.subscription_id,
        )
        for row in changed
        if after[row.id] and row.ends_on > day
    )
