"""Say what a line of the bank is, and take that back. What the ledger did not have in the bank goes there, once."""

from collections.abc import Collection, Sequence
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
    PayoutCameBack,
)
from alicerce.apps.reconciliation.events import BankChanged
from alicerce.apps.reconciliation.models import BankLine, Match, Payout
from alicerce.apps.reconciliation.queries.counterparts import (
    BANK_FEES,
    Sided,
    counterpart_of,
    suggestions,
)
from alicerce.apps.reconciliation.rules.matching import sure
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

MOST = 200


@transaction()
def confirm_match(*, line_id: UUID, kind: MatchKind, subject: str, at: datetime) -> UUID:
    """Raises NoSuchBankLine, LineMatched, CounterpartTaken, AmountsDiffer, PayoutCameBack."""
    line = hold_line(line_id=line_id)
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
    for move in moves_of(match=match, line=line):
        billing.book_bank_move(move=move, at=at)
    mark_matched(line=line, other=other, at=at)
    record_match(action="bank_line.matched", line=line, match=match, at=at)
    return UUID(str(match.id))


@transaction()
def undo_match(*, line_id: UUID, at: datetime) -> None:
    """What was posted is mirrored, and all of it is free again: every part, and every line of a payout.

    Raises NoSuchBankLine, NotMatched.
    """
    line = _hold_with_others(line_id)
    rows = list(Match.objects.live().filter(line=line).order_by("of_line"))
    if not rows:
        raise NotMatched
    if rows[0].kind == MatchKind.PAYOUT:
        _release_payout(UUID(rows[0].subject), at=at)
    else:
        _release(line, rows, at=at)


@transaction(shared=True)
def release_payouts(*, payout_ids: Collection[UUID], at: datetime) -> None:
    """Payouts that are in no bank after all: their links are undone, as a person would undo them."""
    rows = Match.objects.live().filter(
        kind=MatchKind.PAYOUT, subject__in=[str(one) for one in payout_ids]
    )
    for line_id in sorted(set(rows.values_list("line_id", flat=True))):
        hold_line(line_id=line_id)
    for payout_id in sorted({UUID(one) for one in rows.values_list("subject", flat=True)}):
        _release_payout(payout_id, at=at)


def _hold_with_others(line_id: UUID) -> BankLine:
    """With the other lines of its payout, in the order in which everybody holds them."""
    live = Match.objects.live()
    payouts = live.filter(line_id=line_id, kind=MatchKind.PAYOUT).values("subject")
    others = live.filter(kind=MatchKind.PAYOUT, subject__in=payouts)
    held = {
        one: hold_line(line_id=one)
        for one in sorted({line_id, *others.values_list("line_id", flat=True)})
    }
    return held[line_id]


def _release_payout(payout_id: UUID, *, at: datetime) -> None:
    rows = Match.objects.live().filter(kind=MatchKind.PAYOUT, subject=str(payout_id))
    for row in rows.select_related("line").order_by("line_id"):
        _release(row.line, [row], at=at)
    Payout.objects.lock(payout_id).matched(at=None)


def _release(line: BankLine, rows: Sequence[Match], *, at: datetime) -> None:
    """The first of a line's rows is the one that was posted."""
    for row in rows:
        row.undo(at=at)
    for move in moves_of(match=rows[0], line=line):
        billing.take_back_bank_move(move=move, at=at)
    line.matched(at=None)
    record_match(action="bank_line.released", line=line, match=rows[0], at=at, parts=len(rows))


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
            found = sure(suggestions(hold_line(line_id=line_id).view()))
            if found is None:
                return False
            confirm_match(line_id=line_id, kind=found.kind, subject=found.subject, at=at)
    except Refused:
        return False
    return True


def hold_line(*, line_id: UUID) -> BankLine:
    try:
        line: BankLine = BankLine.objects.lock(line_id)
    except BankLine.DoesNotExist:
        raise NoSuchBankLine from None
    return line


def mark_matched(*, line: BankLine, other: Sided, at: datetime) -> None:
    """Raises PayoutCameBack: the provider may have said so a moment ago."""
    line.matched(at=at)
    if other.payout_id:
        payout = Payout.objects.lock(other.payout_id)
        if not payout.is_on_its_way:
            raise PayoutCameBack
        payout.matched(at=at)


def moves_of(*, match: Match, line: BankLine) -> list[BankMove]:
    """What the line was told to be came in whole; what lacks of that left again, for the bank."""
    if not match.against:
        return []
    rest = Money(match.rest_cents, line.currency)
    whole = BankMove(match.key, match.against, line.amount + rest)
    kept = BankMove(match.rest_key, BANK_FEES, -rest)
    return [whole, kept] if match.rest_cents else [whole]


def record_match(
    *, action: str, line: BankLine, match: Match, at: datetime, parts: int = 1
) -> None:
    audit.record(
        action=action,
        entity="bank_line",
        entity_id=line.id,
        after={
            "kind": match.kind,
            "subject": match.subject,
            "amount_cents": line.amount_cents,
            **({"parts": parts} if parts > 1 else {}),
            **({"rest_cents": match.rest_cents} if match.rest_cents else {}),
        },
        at=at,
    )
    publish(BankChanged(at=at))
