"""Say that lines are a payout of another amount, and that the rest is what the bank kept, or gave besides."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.reconciliation.errors import AmountsDiffer, LineMatched
from alicerce.apps.reconciliation.queries.arrivals import near_lines
from alicerce.apps.reconciliation.services.match_lines import hold_line
from alicerce.apps.reconciliation.services.match_sums import link_payout
from alicerce.kernel.db import transaction


@transaction()
def match_with_rest(
    *, line_ids: Sequence[UUID], payout_id: UUID, gap_cents: int, at: datetime
) -> None:
    """Lines and gap are those that a person saw: of others, or of one too large for a fee, nothing is booked.

    Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer, PayoutCameBack.
    """
    if any(hold_line(line_id=line_id).matched_at for line_id in sorted(set(line_ids))):
        raise LineMatched
    found = {frozenset(line.id for line in one.lines): one for one in near_lines(payout_id)}
    near = found.get(frozenset(line_ids))
    if near is None or near.gap_cents != gap_cents or not near.bookable:
        raise AmountsDiffer
    link_payout(payout_id=payout_id, line_ids=line_ids, rest_cents=gap_cents, at=at)
