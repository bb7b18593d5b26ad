"""One run of a job, as its tenant, and what its failure means: again later, or the dead letter."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from alicerce.kernel import queueing
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import JobDied, publish
from alicerce.kernel.http import Refusal
from alicerce.kernel.jobs import fact_of, reactions
from alicerce.kernel.logs import redact
from alicerce.kernel.queueing import Job

LOST_WORKERS = 8
FINAL = (Refused, Refusal)  # an answer, not an accident: asking again changes nothing

logger = logging.getLogger("alicerce.jobs")


class WorkerLost(Exception):
    """The job took its worker down with it, again and again."""


@dataclass(frozen=True, slots=True)
class Again:
    delay: timedelta
    reason: str


def perform(*, job: Job) -> Again | None:
    """Run the job once, as its tenant, and say when to try again, if ever."""
    deadly = job.lost >= getattr(settings, "QUEUE_LOST_WORKERS", LOST_WORKERS)
    error = WorkerLost(f"{job.lost} workers died of it") if deadly else attempt(job=job)
    return None if error is None else settle(job=job, error=error)


def attempt(*, job: Job) -> BaseException | None:
    """Run the job; the error it ended in. A job that calls `exit()` failed too."""
    try:
        with acting(tenant_id=job.tenant_id, actor=f"job:{job.name}", trace_id=job.trace_id):
            reactions[job.name].run(job)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, policy decides
        return error
    return None


def settle(*, job: Job, error: BaseException) -> Again | None:
    """Decide what a failure means: wait and try again, or the dead letter."""
    attempts, reason = job.attempts + 1, summary(error)
    delay = _delay(job, attempts, error)
    told = "job %s (%s) failed on attempt %s, next in %s: %s"
    logger.warning(told, job.name, job.id, attempts, delay, reason, exc_info=error)
    if delay is not None:
        return Again(delay, reason)
    _lay_to_rest(job, attempts, reason)
    return None


def _delay(job: Job, attempts: int, error: BaseException) -> timedelta | None:
    if isinstance(error, (*FINAL, WorkerLost)):
        return None
    return reactions[job.name].retry.after(attempts)


def summary(error: BaseException) -> str:
    """Tell people what kind of error it was, and its first line without secrets."""
    first = (str(error).splitlines() or [""])[0]
    return redact(f"{type(error).__name__}: {first}".removesuffix(": "))[:300]


def _lay_to_rest(job: Job, attempts: int, error: str) -> None:
    try:
        _bury(job, attempts, error, in_silence=False)
    except Exception:
        logger.exception("the last word of %s failed", job.name)
        _bury(job, attempts, error, in_silence=True)


def _bury(job: Job, attempts: int, error: str, *, in_silence: bool) -> None:
    """All or nothing: the dead letter, what the reaction says about it, and the event."""
    with acting(tenant_id=job.tenant_id, actor=f"job:{job.name}"), transaction():
        news = queueing.bury(job_id=job.id, attempts=attempts, error=error)
        if news:
            logger.error("job %s (%s) died: %s", job.name, job.id, error)
        if news and not in_silence:
            _announce(job, attempts, error)


def _announce(job: Job, attempts: int, error: str) -> None:
    reaction = reactions[job.name]
    if reaction.on_dead:
        reaction.on_dead(*(() if reaction.every else (fact_of(job),)), error)
    if job.tenant_id and job.headers["event"] != JobDied.name:
        publish(_obituary(job, attempts, error))


def _obituary(job: Job, attempts: int, error: str) -> JobDied:
    return JobDied(
        at=now(),
        job=job.name,
        event=job.headers["event"],
        payload=job.payload.decode(),
        error=error,
        attempts=attempts,
    )
