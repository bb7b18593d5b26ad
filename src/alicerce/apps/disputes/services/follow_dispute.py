"""Take over what a provider says of a dispute. Whatever brought the news, and in whichever order, it ends here."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.contests import Contested, ContestMove, ContestState
from alicerce.apps.disputes.events import (
    DisputeFact,
    DisputeLost,
    DisputeOpened,
    DisputeUpdated,
    DisputeWon,
)
from alicerce.apps.disputes.models import Answer, Dispute
from alicerce.apps.disputes.ports import ProviderDispute
from alicerce.apps.disputes.queries.policies import service_policy
from alicerce.apps.disputes.types import (
    GONE,
    UNDECIDED,
    AnswerKind,
    AnswerState,
    DisputeKind,
    DisputeStatus,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

CONTESTS: Mapping[DisputeStatus, ContestState] = {
    DisputeStatus.LOST: ContestState.LOST,
    DisputeStatus.ACCEPTED: ContestState.LOST,
    DisputeStatus.WON: ContestState.RELEASED,
    DisputeStatus.PREVENTED: ContestState.RELEASED,
}


@transaction()
def follow_dispute(*, account_id: UUID, told: ProviderDispute, at: datetime) -> bool:
    """Whether anything was news. The same, or older news, changes nothing."""
    dispute, is_new = _hold(account_id, told, at=at)
    is_attached = _attach(dispute)
    dispute.take_over(respond_by=told.respond_by, submissions=told.submissions, at=at)
    _end_answer(dispute, told, at=at)
    moved = move(dispute=dispute, status=_status(dispute, told), moves=told.moves, at=at)
    return say(dispute=dispute, is_new=is_new, is_news=moved or is_attached, at=at)


@transaction(shared=True)
def move(
    *,
    dispute: Dispute,
    status: DisputeStatus,
    moves: tuple[ContestMove, ...],
    at: datetime,
    lost: Money | None = None,
) -> bool:
    """Let a locked dispute become so, and the books follow. Whether its state is another one now."""
    was_claim = dispute.is_claim
    has_moved = dispute.become(status, at=at)
    if dispute.is_claim and not was_claim:
        dispute.decide_services(suspends=service_policy() == "suspend")
    _count(dispute, moves)
    if dispute.payment_id and (was_claim or dispute.is_claim or moves):
        billing.follow_contest(
            told=Contested(
                payment_id=dispute.payment_id,
                key=dispute.external_id,
                amount=dispute.amount,
                state=CONTESTS.get(DisputeStatus(dispute.status), ContestState.OPEN),
                moves=moves,
                lost=lost,
            ),
            at=at,
        )
    return has_moved


@transaction(shared=True)
def say(*, dispute: Dispute, is_new: bool, is_news: bool, at: datetime) -> bool:
    """Write down and tell what became of it."""
    if is_new:
        _tell(DisputeOpened, dispute, at=at)
    if dispute.status in UNDECIDED:
        if is_news and not is_new:
            _tell(DisputeUpdated, dispute, at=at)
    elif is_new or is_news:
        _tell(DisputeLost if dispute.status in GONE else DisputeWon, dispute, at=at)
    return is_new or is_news


def _hold(account_id: UUID, told: ProviderDispute, *, at: datetime) -> tuple[Dispute, bool]:
    """A row begins as the least it may be; what it is told to be comes after."""
    row = Dispute(
        account_id=account_id,
        kind=DisputeKind.CARD,
        external_id=told.external_id,
        payment_reference=told.payment_reference,
        status=DisputeStatus.EARLY_WARNING,
        reason=told.reason,
        amount_cents=told.amount.cents,
        currency=told.amount.currency,
        opened_at=told.opened_at,
        read_at=at,
    )
    is_new = Dispute.objects.add_once(row)
    own = Dispute.objects.filter(account_id=account_id, external_id=told.external_id)
    return Dispute.objects.lock(own.values_list("id", flat=True).get()), is_new


def _attach(dispute: Dispute) -> bool:
    """Find the payment, once it is in the books; one of another currency is not the one."""
    if dispute.payment_id or not dispute.payment_reference:
        return False
    assert dispute.account_id is not None
    paid = billing.payment_of_reference(dispute.account_id, dispute.payment_reference)
    if paid is None or paid.amount.currency != dispute.currency:
        return False
    dispute.attach(payment_id=paid.id, invoice_id=paid.invoice_id, customer_id=paid.customer_id)
    return True


def _status(dispute: Dispute, told: ProviderDispute) -> DisputeStatus:
    """A dispute that we gave up is accepted, whoever brings the news of its end first."""
    if told.status != DisputeStatus.LOST:
        return told.status
    given_up = Answer.objects.standing().filter(
        dispute_id=dispute.id, kind=AnswerKind.ACCEPTANCE
    )
    return DisputeStatus.ACCEPTED if given_up.exists() else DisputeStatus.LOST


def _end_answer(dispute: Dispute, told: ProviderDispute, *, at: datetime) -> None:
    """What was asked of the provider has arrived, as it says itself."""
    answer = Answer.objects.standing().filter(dispute_id=dispute.id).first()
    if answer is None or not arrived(answer=answer, told=told):
        return
    if answer.end(AnswerState.DONE, at=at):
        dispute.answered()
        audit.record(
            action="dispute.answer_arrived",
            entity="dispute",
            entity_id=dispute.id,
            after={"kind": answer.kind},
            at=at,
        )


def arrived(*, answer: Answer, told: ProviderDispute) -> bool:
    if answer.state == AnswerState.CREATED:
        return False
    if answer.kind == AnswerKind.EVIDENCE:
        return told.submissions > answer.submissions_before
    return told.status in {DisputeStatus.LOST, DisputeStatus.PREVENTED}


def _count(dispute: Dispute, moves: tuple[ContestMove, ...]) -> None:
    cents = [one.amount.cents for one in moves]
    dispute.count(
        taken=-sum(one for one in cents if one < 0),
        returned=sum(one for one in cents if one > 0),
        fee=sum(one.fee.cents for one in moves),
    )


def _tell(kind: type[DisputeFact], dispute: Dispute, *, at: datetime) -> None:
    audit.record(
        action=kind.name,
        entity="dispute",
        entity_id=dispute.id,
        after={
            "status": str(dispute.status),
            "payment_id": dispute.payment_id,
            "invoice_id": dispute.invoice_id,
            "amount_cents": dispute.amount_cents,
            "currency": dispute.currency,
        },
        at=at,
    )
    publish(
        kind(
            at=at,
            dispute_id=dispute.id,
            kind=str(dispute.kind),
            status=str(dispute.status),
            payment_id=dispute.payment_id,
            invoice_id=dispute.invoice_id,
            customer_id=dispute.customer_id,
            amount_cents=dispute.amount_cents,
            currency=dispute.currency,
            respond_by=dispute.respond_by,
        )
    )
