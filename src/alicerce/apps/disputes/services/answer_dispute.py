"""Answer a dispute: keep a draft, send it once, or give in. The provider is told by a job."""

from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.disputes.errors import (
    DisputeAnswered,
    DisputeNotAnswerable,
    NoSuchDispute,
    NothingToSay,
    TooMuchSaid,
)
from alicerce.apps.disputes.events import AnswerBegun
from alicerce.apps.disputes.models import Answer, Dispute, Draft
from alicerce.apps.disputes.types import (
    ANSWERABLE,
    EVIDENCE_FIELDS,
    LONGEST_EVIDENCE,
    LONGEST_TEXT,
    AnswerKind,
    DisputeKind,
    Texts,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7


@transaction()
def save_draft(*, dispute_id: UUID, texts: Texts, at: datetime) -> None:
    """In place of what was kept before. Raises NoSuchDispute, DisputeNotAnswerable, DisputeAnswered, TooMuchSaid."""
    dispute = _answerable(dispute_id, at=at)
    kept = _checked(texts)
    Draft.objects.update_or_create(
        dispute_id=dispute.id, defaults={"texts": kept, "saved_at": at}
    )
    audit.record(
        action="dispute.draft_saved",
        entity="dispute",
        entity_id=dispute.id,
        after={"fields": sorted(kept)},
        at=at,
    )


@transaction()
def submit_evidence(*, dispute_id: UUID, at: datetime) -> UUID:
    """Send the draft as it is now, for good. Raises as above, and NothingToSay."""
    dispute = _answerable(dispute_id, at=at)
    draft = Draft.objects.filter(dispute_id=dispute.id).first()
    if draft is None or not draft.texts:
        raise NothingToSay
    return _begin(dispute, AnswerKind.EVIDENCE, draft.texts, at=at)


@transaction()
def accept_dispute(*, dispute_id: UUID, at: datetime) -> UUID:
    """Give in, for good. Raises NoSuchDispute, DisputeNotAnswerable, DisputeAnswered."""
    return _begin(_answerable(dispute_id, at=at), AnswerKind.ACCEPTANCE, {}, at=at)


def _begin(dispute: Dispute, kind: AnswerKind, texts: dict[str, Any], *, at: datetime) -> UUID:
    answer_id = uuid7()
    Answer.objects.create(
        id=answer_id,
        dispute=dispute,
        kind=kind,
        texts=texts,
        submissions_before=dispute.submissions,
        idempotency_key=f"{dispute.tenant_id}:dispute:{answer_id}:{kind}",
        begun_at=at,
    )
    audit.record(
        action=f"dispute.{kind}_begun",
        entity="dispute",
        entity_id=dispute.id,
        after={"fields": sorted(texts)},
        at=at,
    )
    publish(AnswerBegun(at=at, answer_id=answer_id))
    return answer_id


def _answerable(dispute_id: UUID, *, at: datetime) -> Dispute:
    """The row, held: who answers at the same time waits, and is refused."""
    try:
        dispute = Dispute.objects.lock(dispute_id)
    except Dispute.DoesNotExist:
        raise NoSuchDispute from None
    if Answer.objects.standing().filter(dispute_id=dispute.id).exists():
        raise DisputeAnswered
    is_late = dispute.respond_by is not None and at >= dispute.respond_by
    if dispute.kind != DisputeKind.CARD or dispute.status not in ANSWERABLE or is_late:
        raise DisputeNotAnswerable
    return dispute


def _checked(texts: Texts) -> dict[str, str]:
    """What is known by name and says anything."""
    kept = {name: texts[name].strip() for name in EVIDENCE_FIELDS if texts.get(name)}
    kept = {name: text for name, text in kept.items() if text}
    lengths = [len(text) for text in kept.values()]
    if any(length > LONGEST_TEXT for length in lengths) or sum(lengths) > LONGEST_EVIDENCE:
        raise TooMuchSaid
    return kept
