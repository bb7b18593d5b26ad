"""What a line of the bank may be the sum of, and which lines a payout may have come in. By exact sums alone."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.reconciliation.models import BankLine, Match, Movement, Payout
from alicerce.apps.reconciliation.models.provider import MovementQuerySet
from alicerce.apps.reconciliation.queries.counterparts import at_once, signed
from alicerce.apps.reconciliation.rules.sums import MOST_FEW, MOST_FOUND, some_few, together
from alicerce.apps.reconciliation.types import (
    ON_ITS_WAY,
    Item,
    LineView,
    MatchKind,
    MovementKind,
    Together,
)
from alicerce.apps.tenancy import public as tenancy

NEAR = timedelta(days=6)
MOST_READ = 3_000
"""Movements of a provider in the days before a line; beyond, a company's bank has to name them."""
SUMMED = (MatchKind.PAYMENT, MatchKind.REFUND)


def sums_of_line(line: LineView) -> list[Together]:
    """Of one provider's movements each, in the company's own days; the fewest days first."""
    if line.match or line.amount.cents <= 0:
        return []
    by_account: dict[UUID, list[Item]] = defaultdict(list)
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    for row in _near(line, zone):
        on = row.happened_at.astimezone(zone).date()
        item = Item(row.id, row.reference, signed(row).cents, on)
        by_account[row.account_id].append(item)
    found = [
        one
        for items in by_account.values()
        for one in together(_free(items), line.amount.cents)
    ]
    return found[:MOST_FOUND]


def sums_of_payout(payout_id: UUID) -> list[Together]:
    """Lines that nobody matched: all that tell its name, else two or three near the day."""
    payout = Payout.objects.filter(pk=payout_id, matched_at__isnull=True).first()
    if payout is None or payout.status not in ON_ITS_WAY:
        return []
    days = (payout.arrives_on - NEAR, payout.arrives_on + NEAR)
    rows = BankLine.objects.unmatched().filter(
        currency=payout.currency,
        posted_on__range=days,
        amount_cents__range=(1, payout.amount_cents - 1),
    )
    items = [_line_item(row) for row in rows.order_by("posted_on", "id")[:MOST_READ]]
    named = [one for one in items if payout.external_id in one.name]
    if len(named) > 1 and sum(one.cents for one in named) == payout.amount_cents:
        return [Together(named, "name")]
    near = sorted(items, key=lambda one: abs((one.on - payout.arrives_on).days))
    return some_few(near[:MOST_FEW], payout.amount_cents)


def parts_of_line(line_id: UUID) -> list[Item]:
    """What a line that was matched is the sum of, as its provider calls them."""
    live = Match.objects.live().filter(line_id=line_id, kind__in=SUMMED)
    ids = [UUID(subject) for subject in live.values_list("subject", flat=True)]
    rows = Movement.objects.filter(pk__in=ids).order_by("happened_at", "id")
    return [
        Item(row.id, row.reference, signed(row).cents, row.happened_at.date()) for row in rows
    ]


def movements_of(subjects: Sequence[UUID]) -> list[Movement]:
    """Those of providers that pay at once: what each went by is a line's already, or may be part of one."""
    return list(_done().filter(pk__in=subjects).order_by("id"))


def _near(line: LineView, zone: ZoneInfo) -> list[Movement]:
    """The nearest days first, so that a bound never cuts the day of the line itself."""
    since = datetime.combine(line.posted_on - NEAR, time(), zone)
    until = datetime.combine(line.posted_on + timedelta(days=1), time(), zone)
    rows = _done().filter(currency=line.amount.currency, happened_at__range=(since, until))
    found = list(rows.order_by("-happened_at", "-id")[: MOST_READ + 1])
    if len(found) > MOST_READ:
        cut = found[-1].happened_at.astimezone(zone).date()
        found = [row for row in found if row.happened_at.astimezone(zone).date() != cut]
    return found


def _done() -> MovementQuerySet:
    return at_once().filter(status="done", kind__in=[MovementKind.PAYMENT, MovementKind.REFUND])


def _free(items: Sequence[Item]) -> list[Item]:
    subjects = [str(one.id) for one in items]
    live = Match.objects.live().filter(kind__in=SUMMED, subject__in=subjects)
    taken = set(live.values_list("subject", flat=True))
    return [one for one in items if str(one.id) not in taken]


def _line_item(row: BankLine) -> Item:
    return Item(row.id, row.memo or row.code, row.amount_cents, row.posted_on)
