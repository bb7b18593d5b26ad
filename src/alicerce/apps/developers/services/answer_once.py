"""Answer a repeated POST as the first time."""

from datetime import datetime

from alicerce.apps.developers.models import KeptAnswer
from alicerce.apps.developers.types import ANSWERS_KEPT, Attempt, Kept
from alicerce.kernel.crypto import reveal, seal
from alicerce.kernel.locks import try_hold
from alicerce.kernel.rest.problems import InFlight, KeyReused


def kept_answer(*, attempt: Attempt, at: datetime) -> Kept | None:
    """What was answered before; None when this is the first time, and nobody else is at it.

    The lock lasts as long as the transaction that will also hold the effect and its answer: when
    the program dies in between, all three are gone together. Raises InFlight, KeyReused.
    """
    if not try_hold(f"answer|{attempt.key_id}|{attempt.route}|{attempt.key}"):
        raise InFlight(headers={"Retry-After": "1"})
    answer = _of(attempt)
    if answer is None:
        return None
    if answer.answered_at <= at - ANSWERS_KEPT:
        answer.delete()
        return None
    if answer.fingerprint != attempt.fingerprint:
        raise KeyReused
    return Kept(answer.status, answer.headers, reveal(answer, "body").encode())


def keep_answer(*, attempt: Attempt, kept: Kept, at: datetime) -> None:
    """Write down what was answered, in the transaction that did it."""
    answer = KeptAnswer(
        api_key_id=attempt.key_id,
        route=attempt.route,
        key=attempt.key,
        fingerprint=attempt.fingerprint,
        status=kept.status,
        headers=kept.headers,
        answered_at=at,
    )
    seal(answer, "body", kept.body.decode())
    answer.save(force_insert=True)


def _of(attempt: Attempt) -> KeptAnswer | None:
    found: KeptAnswer | None = KeptAnswer.objects.filter(
        api_key_id=attempt.key_id, route=attempt.route, key=attempt.key
    ).first()
    return found
