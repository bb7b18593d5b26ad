"""Say that a line is a payout of another amount, and that the rest is what the bank kept, or gave besides."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.errors import AmountsDiffer, CounterpartTaken, LineMatched
from alicerce.apps.reconciliation.models import Match
from alicerce.apps.reconciliation.queries.arrivals import near_payouts
from alicerce.apps.reconciliation.queries.counterparts import counterpart_of
from alicerce.apps.reconciliation.services.match_lines import (
    hold_line,
    mark_matched,
    moves_of,
    record_match,
)
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.db import transaction


@transaction()
def match_with_rest(*, line_id: UUID, payout_id: UUID, gap_cents: int, at: datetime) -> None:
    """The gap is the one that a person saw: of another, or of one too large for a fee, nothing is booked.

    Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer.
    """
    line = hold_line(line_id=line_id)
    if line.matched_at:
        raise LineMatched
    near = {one.payout_id: one for one in near_payouts(line.view())}.get(payout_id)
    other = counterpart_of(line.view(), MatchKind.PAYOUT, str(payout_id))
    if near is None or other is None or near.gap_cents != gap_cents or not near.bookable:
        raise AmountsDiffer
    match = Match(
        line=line,
        kind=MatchKind.PAYOUT,
        subject=str(payout_id),
        against=other.against,
        gateway_id=other.account_id,
        rest_cents=gap_cents,
        matched_at=at,
    )
    if not Match.objects.add_once(match):
        raise CounterpartTaken
    for move in moves_of(match=match, line=line):
        billing.book_bank_move(move=move, at=at)
    mark_matched(line=line, other=other, at=at)
    record_match(action="bank_line.matched", line=line, match=match, at=at)
