"""Payouts that nobody found in the bank, the lines that may be they, and the gap between the two."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from alicerce.apps.reconciliation.models import BankLine, Payout
from alicerce.apps.reconciliation.rules.arrivals import (
    EARLY,
    LATE,
    NAME,
    Sent,
    most_rest,
    why_near,
)
from alicerce.apps.reconciliation.types import Item, LineView, NearLine, PayoutStatus

MOST_SENT, MOST_LINES, MOST_SHOWN = 500, 3_000, 10
ON_ITS_WAY = (PayoutStatus.PAID, PayoutStatus.IN_TRANSIT)


def waiting(*, line: LineView | None = None) -> list[Payout]:
    """Those that no line is yet, the latest first; of one line, those that may be it."""
    rows = Payout.objects.filter(status__in=ON_ITS_WAY, matched_at__isnull=True)
    if line:
        near = Q(arrives_on__range=(line.posted_on - LATE, line.posted_on + EARLY))
        named = Q(external_id__in=_words(line))
        rows = rows.filter(near | named, currency=line.amount.currency)
    return list(rows.order_by("-arrives_on", "-id")[:MOST_SENT])


def incoming(currency: str, since: date, until: date) -> list[Item]:
    """What came in then and that nobody said what it is."""
    rows = BankLine.objects.unmatched().filter(
        currency=currency, amount_cents__gt=0, posted_on__range=(since - EARLY, until + LATE)
    )
    return [item_of(row.view()) for row in rows.order_by("-posted_on", "-id")[:MOST_LINES]]


def near_payouts(line: LineView) -> list[NearLine]:
    """Payouts of another amount that the line may be, the closest first; those it names before."""
    item = item_of(line)
    return _ordered([_near(row, item) for row in waiting(line=line)]) if not line.match else []


def near_lines(payout_id: UUID) -> list[NearLine]:
    """Lines of another amount that may be the payout, the same way."""
    row = Payout.objects.filter(
        pk=payout_id, status__in=ON_ITS_WAY, matched_at__isnull=True
    ).first()
    if row is None:
        return []
    lines = incoming(row.currency, row.arrives_on, row.arrives_on)
    return _ordered([_near(row, one) for one in lines])


def sent_of(row: Payout) -> Sent:
    return Sent(row.id, row.external_id, row.descriptor, row.amount_cents, row.arrives_on)


def item_of(line: LineView) -> Item:
    return Item(line.id, f"{line.memo} {line.document}", line.amount.cents, line.posted_on)


def _near(row: Payout, line: Item) -> NearLine | None:
    why = why_near(sent_of(row), line)
    if not why:
        return None
    gap = row.amount_cents - line.cents
    return NearLine(
        line_id=line.id,
        line_name=line.name.strip(),
        line_on=line.on,
        payout_id=row.id,
        payout_name=row.external_id,
        payout_on=row.arrives_on,
        told=row.amount,
        gap_cents=gap,
        why=why,
        bookable=abs(gap) <= most_rest(row.amount_cents),
    )


def _ordered(found: Sequence[NearLine | None]) -> list[NearLine]:
    known = [one for one in found if one]
    return sorted(known, key=lambda one: (one.why != NAME, abs(one.gap_cents)))[:MOST_SHOWN]


def _words(line: LineView) -> list[str]:
    return f"{line.memo} {line.document}".split()
