"""Payouts that are in the bank, but not as told: a row for each, for as long as nobody says what the rest is."""

from datetime import UTC, datetime, time
from itertools import groupby

from django.db.models import Q

from alicerce.apps.reconciliation.models import Difference, Payout
from alicerce.apps.reconciliation.models.difference import DifferenceQuerySet
from alicerce.apps.reconciliation.queries.arrivals import (
    MOST_LINES,
    incoming,
    sent_of,
    waiting,
)
from alicerce.apps.reconciliation.rules.arrivals import EARLY, Off, arrivals_off
from alicerce.apps.reconciliation.services.keep_payouts import subject_of
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import ON_ITS_WAY, DifferenceKind, Found

KIND = DifferenceKind.PAYOUT_BANK_AMOUNT


def note_arrivals(*, at: datetime) -> int:
    """How many are news. No statement has to go beyond them: the bank told of them itself."""
    news = 0
    for currency, rows in groupby(sorted(waiting(), key=_currency), key=_currency):
        news += _note(currency, list(rows), at=at)
    over = Q(payout__matched_at__isnull=False) | ~Q(payout__status__in=ON_ITS_WAY)
    _close(Difference.objects.standing().filter(over, kind=KIND), at=at)
    return news


def _note(currency: str, rows: list[Payout], *, at: datetime) -> int:
    days = [row.arrives_on for row in rows]
    lines = incoming(currency, min(days), max(days))
    if len(lines) == MOST_LINES:  # what came before the last of them was not read
        rows = [row for row in rows if row.arrives_on - EARLY > lines[-1].on]
    off = arrivals_off([sent_of(row) for row in rows], lines)
    right = [row for row in rows if row.id not in off]
    standing = Difference.objects.standing().filter(kind=KIND, payout__in=right)
    _close(standing, at=at)
    return sum(_note_one(row, off[row.id], at=at) for row in rows if row.id in off)


def _note_one(row: Payout, off: Off, *, at: datetime) -> int:
    subject = subject_of(payout=row)
    return note_differences(
        seen={subject: [_found(row, off)]},
        account_id=row.account_id,
        at=at,
        about={subject: {"payout_id": row.id, "line_id": off.lines[0].id}},
        only=[KIND],
    )


def _close(rows: DifferenceQuerySet, *, at: datetime) -> None:
    seen = dict.fromkeys(rows.values_list("subject", flat=True), ())
    note_differences(seen=seen, account_id=None, at=at, only=[KIND])


def _found(row: Payout, off: Off) -> Found:
    return Found(
        KIND,
        row.external_id,
        row.currency,
        datetime.combine(off.lines[0].on, time(12), tzinfo=UTC),
        there_cents=row.amount_cents,
        here_cents=off.cents,
    )


def _currency(row: Payout) -> str:
    return str(row.currency)
