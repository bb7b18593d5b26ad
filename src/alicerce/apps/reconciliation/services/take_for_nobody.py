"""Say that a line is a customer's money, and that nobody knows whose: it is written down, and waits for its owner."""

from datetime import UTC, datetime, time
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.errors import AmountsDiffer, LineMatched
from alicerce.apps.reconciliation.services.match_lines import confirm_match, hold_line
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.db import transaction


@transaction()
def take_for_nobody(*, line_id: UUID, at: datetime) -> UUID:
    """The payment that it is from now on: one for a line, however often it is asked.

    Raises NoSuchBankLine, LineMatched, AmountsDiffer, and ReferenceUsed of billing.
    """
    line = hold_line(line_id=line_id)
    if line.matched_at:
        raise LineMatched
    if line.amount_cents < 0:
        raise AmountsDiffer
    payment_id = billing.record_unclaimed(
        amount=line.amount,
        reference=line.code,
        received_at=datetime.combine(line.posted_on, time(12), tzinfo=UTC),
        proof=f"{line.memo} {line.document}".strip(),
        at=at,
    )
    confirm_match(line_id=line_id, kind=MatchKind.BY_HAND, subject=str(payment_id), at=at)
    return payment_id
