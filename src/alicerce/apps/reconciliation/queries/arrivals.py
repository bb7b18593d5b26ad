"""Payouts that nobody found in the bank, the lines that may be they, and the gap between the two."""

from collections.abc import Sequence
from dataclasses import replace
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
from alicerce.apps.reconciliation.types import (
    ON_ITS_WAY,
    End,
    Item,
    LineView,
    Near,
    PayoutStatus,
)
from alicerce.kernel.money import Money

MOST_SENT, MOST_LINES, MOST_SHOWN, MOST_NAMING = 500, 3_000, 10, 20


def waiting(*, line: LineView | None = None) -> list[Payout]:
    """Those that no line is yet, the latest first; of one line, those that may be it."""
    rows = Payout.objects.filter(status__in=ON_ITS_WAY, matched_at__isnull=True)
    if line:
        near = Q(arrives_on__range=(line.posted_on - LATE, line.posted_on + EARLY))
        named = Q(external_id__in=_words(line))
        rows = rows.filter(near | named, currency=line.amount.currency)
    return list(rows.order_by("-arrives_on", "-id")[:MOST_SENT])


def incoming(currency: str, since: date, until: date) -> list[Item]:
    """What came in then and that nobody said what it is. What tells of a payout that came back is no other."""
    rows = BankLine.objects.unmatched().filter(
        currency=currency, amount_cents__gt=0, posted_on__range=(since - EARLY, until + LATE)
    )
    failed = Payout.objects.filter(
        status=PayoutStatus.FAILED, currency=currency, arrives_on__range=(since - LATE, until)
    )
    for name in failed.values_list("external_id", flat=True)[:MOST_NAMING]:
        rows = rows.exclude(_tells(name))
    return [item_of(row.view()) for row in rows.order_by("-posted_on", "-id")[:MOST_LINES]]


def near_payouts(line: LineView) -> list[Near]:
    """Payouts of another amount that the line may be, the closest first; those it names before."""
    item = item_of(line)
    rows = waiting(line=line) if not line.match else []
    return _ordered([_near(row, _naming(row) if _names(item, row) else [item]) for row in rows])


def near_lines(payout_id: UUID) -> list[Near]:
    """Lines of another amount that may be the payout, the same way; those that tell its name are one."""
    row = Payout.objects.filter(
        pk=payout_id, status__in=ON_ITS_WAY, matched_at__isnull=True
    ).first()
    if row is None:
        return []
    named = _naming(row)
    lines = incoming(row.currency, row.arrives_on, row.arrives_on)
    some = [named] if named else []
    return _ordered(
        [_near(row, one) for one in [*some, *([x] for x in lines if not _names(x, row))]]
    )


def sent_of(row: Payout) -> Sent:
    return Sent(row.id, row.external_id, row.descriptor, row.amount_cents, row.arrives_on)


def item_of(line: LineView) -> Item:
    return Item(line.id, f"{line.memo} {line.document}", line.amount.cents, line.posted_on)


def _names(line: Item, row: Payout) -> bool:
    return row.external_id in line.name


def _naming(row: Payout) -> list[Item]:
    """What came in and tells its name, whenever that was."""
    rows = BankLine.objects.unmatched().filter(
        _tells(row.external_id), currency=row.currency, amount_cents__gt=0
    )
    return [item_of(one.view()) for one in rows.order_by("posted_on", "id")[:MOST_NAMING]]


def _tells(name: str) -> Q:
    return Q(memo__contains=name) | Q(document__contains=name)


def _near(row: Payout, lines: Sequence[Item]) -> Near | None:
    sent = sent_of(row)
    why = why_near(sent, replace(lines[0], cents=sum(one.cents for one in lines)))
    if not why:
        return None
    near = Near(
        payout=End(row.id, row.external_id, row.arrives_on, row.amount),
        lines=[_end(one, row.currency) for one in lines],
        why=why,
        bookable=False,
    )
    return replace(near, bookable=abs(near.gap_cents) <= most_rest(row.amount_cents))


def _end(line: Item, currency: str) -> End:
    return End(line.id, line.name.strip(), line.on, Money(line.cents, currency))


def _ordered(found: Sequence[Near | None]) -> list[Near]:
    known = [one for one in found if one]
    return sorted(known, key=lambda one: (one.why != NAME, abs(one.gap_cents)))[:MOST_SHOWN]


def _words(line: LineView) -> list[str]:
    return f"{line.memo} {line.document}".split()
