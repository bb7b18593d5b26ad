"""Write down what a step's attempt came to, and decide what the run does next."""

import random
from datetime import datetime, timedelta

from django.conf import settings

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server, Service
from alicerce.apps.hosting.services.call_next import call_next, leave_the_floor
from alicerce.apps.hosting.services.steps import STEPS
from alicerce.apps.hosting.services.stop_run import stop_run
from alicerce.apps.hosting.types import Answer, Outcome, StepKind, StepTask, Verdict
from alicerce.kernel.db import transaction

STOPPING = (Verdict.FAIL, Verdict.HUMAN)


@transaction()
def finish_step(*, task: StepTask, outcome: Outcome, at: datetime) -> None:
    """An outcome that comes after another attempt began is not believed: that one will ask again."""
    run = ProvisioningRun.objects.lock(task.run_id)
    step = run.step(task.kind)
    if (run.turn, step.fence) != (task.turn, task.attempt):
        return
    service = Service.objects.lock(run.service_id)
    leave_the_floor(run=run, at=at)
    _judge_server(task, outcome, at)
    settled = STEPS[task.kind].settle(run, service, outcome, at)
    _carry_on(run, step, settled, at)


def _judge_server(task: StepTask, outcome: Outcome, at: datetime) -> None:
    """Servers that fail several times in a row are left alone for a while."""
    if task.server is None or outcome.verdict == Verdict.WAIT:
        return
    if outcome.answer in (Answer.UNAVAILABLE, Answer.UNKNOWN):
        Server.objects.lock(task.server.id).note_failure(
            rest=rules.PAUSE * settings.RETRY_PACE, limit=rules.FAILURES_BEFORE_PAUSE, at=at
        )
    elif Server.objects.filter(pk=task.server.id, failures__gt=0).exists():
        Server.objects.lock(task.server.id).note_success()


def _carry_on(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    if outcome.verdict == Verdict.DONE:
        _take_next(run, step, outcome, at)
    elif outcome.verdict == Verdict.RENAME:
        _rename(run, outcome, at)
    elif outcome.verdict == Verdict.MOVE:
        _move(run, step, outcome, at)
    elif outcome.verdict == Verdict.WAIT:
        _wait(run, step, outcome, at)
    elif outcome.verdict in STOPPING:
        stop_run(run=run, step=step, outcome=outcome, at=at)
    else:
        _try_again(run, step, outcome, at)


def _take_next(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    step.finish(outcome.detail, at=at)
    if step.kind != StepKind.WELCOME:
        return call_next(run=run, at=at)
    run.succeed(at=at)
    audit.record(
        action="service.activated",
        entity="service",
        entity_id=run.service_id,
        before={"status": "provisioning"},
        after={"status": "active", "run": str(run.id)},
        at=at,
    )
    return None


def _rename(run: ProvisioningRun, outcome: Outcome, at: datetime) -> None:
    """Bounded by the number of candidates."""
    run.go_back_to(StepKind.RESERVE_USERNAME, outcome.detail, at=at)
    _record_change_of_mind(run, "service.renamed", outcome, at)
    call_next(run=run, at=at)


def _move(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    """Bounded by the attempts, which go on counting on the next server."""
    delay = _delay_after(step.attempts)
    if delay is None:
        return stop_run(run=run, step=step, outcome=outcome, at=at)
    run.go_back_to(StepKind.CHOOSE_SERVER, outcome.detail, at=at, attempts=step.attempts)
    _record_change_of_mind(run, "service.moved", outcome, at)
    return call_next(run=run, at=at, next_at=at + delay)


def _record_change_of_mind(
    run: ProvisioningRun, action: str, outcome: Outcome, at: datetime
) -> None:
    audit.record(
        action=action,
        entity="service",
        entity_id=run.service_id,
        after={
            "run": str(run.id),
            "reason": Personal(outcome.detail, of=f"customer:{run.service.customer_id}"),
        },
        at=at,
    )


def _wait(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    step.give_back_attempt()
    next_at = at + (outcome.delay or timedelta())
    step.wait(outcome, next_at=next_at, at=at)
    call_next(run=run, at=at, next_at=next_at)


def _try_again(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    delay = _delay_after(step.attempts)
    if delay is None:
        return stop_run(run=run, step=step, outcome=outcome, at=at)
    step.wait(outcome, next_at=at + delay, at=at)
    return call_next(run=run, at=at, next_at=at + delay)


def _delay_after(attempts: int) -> timedelta | None:
    return rules.retry_delay(
        attempt=attempts,
        chance=random.random(),  # noqa: S311
        pace=settings.RETRY_PACE,
    )
