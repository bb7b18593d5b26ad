"""Say that a line of the bank is several payments, or that several lines are one payout. All of them, or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.errors import (
    AmountsDiffer,
    CounterpartTaken,
    LineMatched,
    TooManyParts,
)
from alicerce.apps.reconciliation.models import BankLine, Match, Movement
from alicerce.apps.reconciliation.queries.counterparts import (
    Sided,
    counterpart_of,
    sided,
    signed,
)
from alicerce.apps.reconciliation.queries.sums import movements_of
from alicerce.apps.reconciliation.services.match_lines import (
    hold_line,
    mark_matched,
    moves_of,
    record_match,
)
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.db import transaction

MOST_PARTS, MOST_LINES = 1_000, 20
SEVERAL = 2


@transaction()
def match_parts(*, line_id: UUID, subjects: Sequence[UUID], at: datetime) -> None:
    """A bank's sum: one posting, a row for each part.

    Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer, TooManyParts.
    """
    if len(subjects) > MOST_PARTS:
        raise TooManyParts
    line = hold_line(line_id=line_id)
    if line.matched_at:
        raise LineMatched
    found = movements_of(subjects)
    _check(line, found, asked=len(subjects))
    other = sided(found[0])
    rows = [
        Match(
            line=line,
            kind=MatchKind(row.kind),
            subject=str(row.id),
            of_line=place,
            against=other.against,
            gateway_id=other.account_id,
            matched_at=at,
        )
        for place, row in enumerate(_payments_first(found))
    ]
    _add(rows)
    for move in moves_of(match=rows[0], line=line):
        billing.book_bank_move(move=move, at=at)
    mark_matched(line=line, other=other, at=at)
    record_match(action="bank_line.matched", line=line, match=rows[0], at=at, parts=len(rows))


@transaction()
def match_payout(*, payout_id: UUID, line_ids: Sequence[UUID], at: datetime) -> None:
    """A payout that came in several lines: each is posted as itself.

    Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer, TooManyParts, PayoutCameBack.
    """
    link_payout(payout_id=payout_id, line_ids=line_ids, rest_cents=0, at=at)


def link_payout(
    *, payout_id: UUID, line_ids: Sequence[UUID], rest_cents: int, at: datetime
) -> None:
    """Within the transaction of whoever decided; the rest is posted with the first line. Raises as above."""
    if len(line_ids) > MOST_LINES:
        raise TooManyParts
    lines = [hold_line(line_id=line_id) for line_id in sorted(set(line_ids))]
    other = _payout_of(lines, payout_id, rest_cents)
    rows = [
        Match(
            line=line,
            kind=MatchKind.PAYOUT,
            subject=str(payout_id),
            of_subject=place,
            against=other.against,
            gateway_id=other.account_id,
            rest_cents=0 if place else rest_cents,
            matched_at=at,
        )
        for place, line in enumerate(lines)
    ]
    _add(rows)
    for row, line in zip(rows, lines, strict=True):
        for move in moves_of(match=row, line=line):
            billing.book_bank_move(move=move, at=at)
        mark_matched(line=line, other=other, at=at)
        record_match(action="bank_line.matched", line=line, match=row, at=at, parts=1)


def _payout_of(lines: Sequence[BankLine], payout_id: UUID, rest_cents: int) -> Sided:
    """What all of them are, free and to the cent. One that is the very amount is confirmed as itself."""
    if any(line.matched_at for line in lines):
        raise LineMatched
    if not lines or (len(lines) < SEVERAL and not rest_cents):
        raise AmountsDiffer
    other = counterpart_of(lines[0].view(), MatchKind.PAYOUT, str(payout_id))
    cents = sum(line.amount_cents for line in lines) + rest_cents
    told = {line.currency for line in lines}, cents
    if other is None or told != ({other.amount.currency}, other.amount.cents):
        raise AmountsDiffer
    return other


def _check(line: BankLine, found: Sequence[Movement], *, asked: int) -> None:
    """All of one account, in the line's currency, and to the cent."""
    accounts = {(row.account_id, row.currency) for row in found}
    if len(found) != asked or asked < SEVERAL or len(accounts) != 1:
        raise AmountsDiffer
    total = sum(signed(row).cents for row in found)
    if (total, found[0].currency) != (line.amount_cents, line.currency):
        raise AmountsDiffer


def _payments_first(found: Sequence[Movement]) -> list[Movement]:
    """What came in says what the line is."""
    return sorted(found, key=lambda row: (row.kind != MatchKind.PAYMENT, str(row.id)))


def _add(rows: Sequence[Match]) -> None:
    try:
        with transaction():
            Match.objects.bulk_create(rows)
    except IntegrityError as clash:
        raise CounterpartTaken from clash
