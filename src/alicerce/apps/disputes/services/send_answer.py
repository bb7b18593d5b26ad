"""Tell the provider what was answered. What it may know already is looked for, never told twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.disputes.models import Answer, Dispute
from alicerce.apps.disputes.ports import Desk, ProviderDispute
from alicerce.apps.disputes.services.follow_dispute import arrived, follow_dispute
from alicerce.apps.disputes.services.read_disputes import open_desk
from alicerce.apps.disputes.types import AnswerKind, AnswerState
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unknown


@dataclass(frozen=True, slots=True)
class Prepared:
    account_id: UUID
    desk: Desk
    name: str
    answer: Answer
    was_asked: bool


def send_answer(*, answer_id: UUID, at: datetime) -> None:
    """Safe to repeat from any point of failure. Raises Unavailable or Unknown: again later."""
    prepared = _prepare(answer_id)
    if prepared is None:
        return
    try:
        told = _find_or_send(prepared)
    except Refusal as refusal:
        _record_refusal(answer_id, str(refusal), at=at)
    except Unknown as doubt:
        _record_doubt(answer_id, str(doubt))
        raise
    else:
        follow_dispute(account_id=prepared.account_id, told=told, at=at)


def _find_or_send(prepared: Prepared) -> ProviderDispute:
    if prepared.was_asked:
        told = prepared.desk.read(prepared.name)
        if told is not None and arrived(answer=prepared.answer, told=told):
            return told
    key = prepared.answer.idempotency_key
    if prepared.answer.kind == AnswerKind.EVIDENCE:
        return prepared.desk.submit(prepared.name, prepared.answer.texts, key=key)
    return prepared.desk.accept(prepared.name, key=key)


@transaction()
def _prepare(answer_id: UUID) -> Prepared | None:
    """That it is being told is on record before anybody hears it."""
    answer = Answer.objects.lock(answer_id)
    if answer.is_over:
        return None
    dispute = Dispute.objects.get(pk=answer.dispute_id)
    assert dispute.account_id is not None, "what is answered is at a provider"
    desk = open_desk(account_id=dispute.account_id)
    if desk is None:
        return None
    was_asked = answer.state != AnswerState.CREATED
    answer.request()
    return Prepared(dispute.account_id, desk, dispute.external_id, answer, was_asked)


@transaction()
def _record_refusal(answer_id: UUID, reason: str, *, at: datetime) -> None:
    """The provider said no: another answer may be given, if there is time."""
    answer = Answer.objects.get(pk=answer_id)
    dispute = Dispute.objects.lock(answer.dispute_id)
    answer = Answer.objects.lock(answer_id)
    if not answer.end(AnswerState.REFUSED, at=at, error=reason):
        return
    dispute.lose_after_all()
    dispute.expect_reminder(after=at)
    audit.record(
        action="dispute.answer_refused",
        entity="dispute",
        entity_id=dispute.id,
        after={"kind": answer.kind, "error": answer.error},
        at=at,
    )


@transaction()
def _record_doubt(answer_id: UUID, reason: str) -> None:
    Answer.objects.lock(answer_id).doubt(reason)
