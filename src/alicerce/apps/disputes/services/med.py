"""The special mechanism of returning Pix (MED): written down by people, for no PSP tells it to programs."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod, PaymentView
from alicerce.apps.billing.types.contests import ContestMove
from alicerce.apps.disputes.errors import MedKnown, MedNotSound, NoSuchDispute, NotAMed
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.rules.course import is_sound_med
from alicerce.apps.disputes.services.follow_dispute import move, say
from alicerce.apps.disputes.types import UNDECIDED, DisputeKind, DisputeStatus, NewMed
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money

BLOCKED, UNBLOCKED = "blocked", "unblocked"


@transaction()
def record_med(*, told: NewMed, at: datetime) -> UUID:
    """A notification, with its last day; what the PSP blocked leaves our balance at once.

    Raises MedNotSound, MedKnown.
    """
    paid = require_sound(told=told)
    row = _row(paid, told, at=at)
    if not Dispute.objects.add_once(row):
        raise MedKnown
    dispute = Dispute.objects.lock(row.id)
    dispute.expect_reminder(after=at)
    moves = (_move(dispute, BLOCKED, -told.cents),) if told.is_blocked else ()
    moved = move(dispute=dispute, status=DisputeStatus.NEEDS_RESPONSE, moves=moves, at=at)
    say(dispute=dispute, is_new=True, is_news=moved, at=at)
    return UUID(str(dispute.id))


def require_sound(*, told: NewMed) -> PaymentView:
    """The Pix that it is about. Raises MedNotSound."""
    paid = billing.payment(told.payment_id)
    if paid.method != PaymentMethod.PIX or not is_sound_med(
        cents=told.cents,
        paid_cents=paid.amount.cents,
        paid_at=paid.received_at,
        notified_at=told.notified_at,
        respond_by=told.respond_by,
    ):
        raise MedNotSound
    return paid


@transaction()
def note_defence(*, dispute_id: UUID, at: datetime) -> None:
    """What we have to say went to the PSP, which has seven days to look at it. Raises NoSuchDispute, NotAMed."""
    dispute = _open_med(dispute_id)
    dispute.answered()
    _become(dispute, DisputeStatus.UNDER_REVIEW, (), at=at)


@transaction()
def reject_med(*, dispute_id: UUID, at: datetime) -> None:
    """The PSP found for us: what was blocked is free. Raises NoSuchDispute, NotAMed."""
    dispute = _open_med(dispute_id)
    _become(dispute, DisputeStatus.WON, _freed(dispute), at=at)


@transaction()
def return_med(*, dispute_id: UUID, cents: int, reference: str, at: datetime) -> None:
    """The PSP gave back so much, all of it or a part. Raises NoSuchDispute, NotAMed, MedNotSound."""
    dispute = _open_med(dispute_id)
    if not 0 < cents <= dispute.amount_cents:
        raise MedNotSound
    _return(dispute, cents, reference, at=at)


@transaction()
def follow_taken_back(*, payment_id: UUID, cents: int, reference: str, at: datetime) -> bool:
    """The PSP's own books say that it gave a Pix back by this mechanism. Once, by its name there."""
    hold(f"med {payment_id}")
    if billing.is_moved(payment_id, reference):
        return False
    paid = billing.payment(payment_id)
    open_one = Dispute.objects.undecided().filter(payment_id=payment_id, kind=DisputeKind.MED)
    found = open_one.filter(amount_cents__gte=cents).order_by("id").first()
    if found is not None:
        _return(Dispute.objects.lock(found.id), cents, reference, at=at)
        return True
    row = _row(
        paid,
        NewMed(payment_id, reference, cents, "", notified_at=at, respond_by=at),
        at=at,
    )
    row.respond_by = None
    if not Dispute.objects.add_once(row):
        return False
    dispute = Dispute.objects.lock(row.id)
    moves = (_move(dispute, reference, -cents),)
    moved = move(dispute=dispute, status=DisputeStatus.LOST, moves=moves, at=at)
    return say(dispute=dispute, is_new=True, is_news=moved, at=at)


def _return(dispute: Dispute, cents: int, reference: str, *, at: datetime) -> None:
    moves = (*_freed(dispute), _move(dispute, reference, -cents))
    lost = Money(cents, dispute.currency)
    moved = move(dispute=dispute, status=DisputeStatus.LOST, moves=moves, at=at, lost=lost)
    say(dispute=dispute, is_new=False, is_news=moved, at=at)


def _become(
    dispute: Dispute, status: DisputeStatus, moves: tuple[ContestMove, ...], *, at: datetime
) -> None:
    moved = move(dispute=dispute, status=status, moves=moves, at=at)
    say(dispute=dispute, is_new=False, is_news=moved, at=at)


def _open_med(dispute_id: UUID) -> Dispute:
    try:
        dispute = Dispute.objects.lock(dispute_id)
    except Dispute.DoesNotExist:
        raise NoSuchDispute from None
    if dispute.kind != DisputeKind.MED or dispute.status not in UNDECIDED:
        raise NotAMed
    return dispute


def _row(paid: PaymentView, told: NewMed, *, at: datetime) -> Dispute:
    return Dispute(
        kind=DisputeKind.MED,
        external_id=told.reference,
        payment_reference=paid.reference,
        payment_id=paid.id,
        invoice_id=paid.invoice_id,
        customer_id=paid.customer_id,
        status=DisputeStatus.EARLY_WARNING,
        reason=told.reason,
        amount_cents=told.cents,
        currency=paid.amount.currency,
        opened_at=told.notified_at,
        respond_by=told.respond_by,
        read_at=at,
    )


def _freed(dispute: Dispute) -> tuple[ContestMove, ...]:
    """What was blocked is free, before anything is given back out of it."""
    if not dispute.taken_cents:
        return ()
    blocked = dispute.taken_cents
    return (_move(dispute, BLOCKED, -blocked), _move(dispute, UNBLOCKED, blocked))


def _move(dispute: Dispute, reference: str, cents: int) -> ContestMove:
    money = Money(cents, dispute.currency)
    return ContestMove(reference, money, Money(0, dispute.currency))
