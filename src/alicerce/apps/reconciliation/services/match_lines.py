"""Say what a line of the bank is, and take that back. What the ledger did not have in the bank goes there, once."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.books import BankMove
from alicerce.apps.reconciliation.errors import (
    AmountsDiffer,
    CounterpartTaken,
    LineMatched,
    NoSuchBankLine,
    NotMatched,
)
from alicerce.apps.reconciliation.events import BankChanged
from alicerce.apps.reconciliation.models import BankLine, Match, Payout
from alicerce.apps.reconciliation.queries.counterparts import (
    Sided,
    counterpart_of,
    suggestions,
)
from alicerce.apps.reconciliation.rules.matching import sure
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import publish

MOST = 200


@transaction()
def confirm_match(*, line_id: UUID, kind: MatchKind, subject: str, at: datetime) -> UUID:
    """Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer."""
    line = _line(line_id)
    if line.matched_at:
        raise LineMatched
    other = counterpart_of(line.view(), kind, subject)
    if other is None or other.amount != line.amount:
        raise AmountsDiffer
    match = Match(
        line=line,
        kind=kind,
        subject=subject,
        against=other.against,
        gateway_id=other.account_id,
        matched_at=at,
    )
    if not Match.objects.add_once(match):
        raise CounterpartTaken
    if other.against:
        billing.book_bank_move(move=_move(match, line), at=at)
    _mark(line, other, at=at)
    _record("bank_line.matched", line, match, at=at)
    return UUID(str(match.id))


@transaction()
def undo_match(*, line_id: UUID, at: datetime) -> None:
    """What was posted is mirrored, and both are free again. Raises NoSuchBankLine, NotMatched."""
    line = _line(line_id)
    match = Match.objects.live().filter(line=line).first()
    if match is None:
        raise NotMatched
    match.undo(at=at)
    if match.against:
        billing.take_back_bank_move(move=_move(match, line), at=at)
    line.matched(at=None)
    if match.kind == MatchKind.PAYOUT:
        Payout.objects.lock(UUID(match.subject)).matched(at=None)
    _record("bank_line.released", line, match, at=at)


def confirm_sure(*, at: datetime) -> int:
    """Of the lines that are open, those that name their counterpart; how many they were.

    Each in a transaction of its own: one that somebody matched meanwhile stops none of the others.
    """
    return sum(_confirm(line_id, at=at) for line_id in _open_lines())


def match_told_payment(*, payment_id: UUID, at: datetime) -> bool:
    """A payment by hand that quotes a line's code is that line. False when it quotes none."""
    line_id = _quoted(payment_id)
    if line_id is None:
        return False
    try:
        confirm_match(line_id=line_id, kind=MatchKind.BY_HAND, subject=str(payment_id), at=at)
    except Refused:
        return False  # another amount, or matched already: a person sees it on the line's page
    return True


@transaction()
def _quoted(payment_id: UUID) -> UUID | None:
    payment = billing.payment(payment_id)
    found = BankLine.objects.filter(code=payment.reference, matched_at__isnull=True)
    return found.values_list("id", flat=True).first()


@transaction()
def _open_lines() -> list[UUID]:
    rows = BankLine.objects.unmatched().order_by("posted_on", "id")
    return list(rows.values_list("id", flat=True)[:MOST])


def _confirm(line_id: UUID, *, at: datetime) -> bool:
    try:
        with transaction():
            found = sure(suggestions(_line(line_id).view()))
            if found is None:
                return False
            confirm_match(line_id=line_id, kind=found.kind, subject=found.subject, at=at)
    except Refused:
        return False
    return True


def _line(line_id: UUID) -> BankLine:
    try:
        line: BankLine = BankLine.objects.lock(line_id)
    except BankLine.DoesNotExist:
        raise NoSuchBankLine from None
    return line


def _mark(line: BankLine, other: Sided, *, at: datetime) -> None:
    line.matched(at=at)
    if other.payout_id:
        Payout.objects.lock(other.payout_id).matched(at=at)


def _move(match: Match, line: BankLine) -> BankMove:
    return BankMove(match.key, match.against, line.amount)


def _record(action: str, line: BankLine, match: Match, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="bank_line",
        entity_id=line.id,
        after={
            "kind": match.kind,
            "subject": match.subject,
            "amount_cents": line.amount_cents,
        },
        at=at,
    )
    publish(BankChanged(at=at))
