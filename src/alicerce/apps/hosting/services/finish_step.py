"""Write down what a step's attempt came to, and take the run to what it does next."""

import random
from datetime import datetime, timedelta

from django.conf import settings

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server
from alicerce.apps.hosting.services.begin_step import begin_step
from alicerce.apps.hosting.services.call_next import leave_the_floor, step_aside
from alicerce.apps.hosting.services.operations.reconcile import go_on
from alicerce.apps.hosting.services.operations.stop import give_way
from alicerce.apps.hosting.services.steps import STEPS
from alicerce.apps.hosting.services.stop_run import stop_run
from alicerce.apps.hosting.types import (
    PLANS,
    Answer,
    Outcome,
    Remark,
    RunKind,
    Said,
    StepKind,
    StepTask,
    Verdict,
)
from alicerce.kernel.db import transaction

STOPPING = (Verdict.FAIL, Verdict.HUMAN)


@transaction()
def finish_step(*, task: StepTask, outcome: Outcome, at: datetime) -> StepTask | None:
    """The next step, begun in the same commit; None when the run is over or has to wait.

    An outcome that comes after another attempt began is not believed: that one will ask again.
    """
    run = ProvisioningRun.objects.hold(task.run_id)
    step = run.step(task.kind)
    if (run.turn, step.fence) != (task.turn, task.attempt):
        return None
    _judge_server(task, run, outcome, at)
    return _settle(run, step, outcome, at)


def take_step(*, run: ProvisioningRun, at: datetime) -> StepTask | None:
    """Begin the next step of a held run. One that asks nobody is settled at once."""
    task = begin_step(run=run, at=at)
    if task is None or STEPS[task.kind].ask:
        return task
    return _settle(run, run.step(task.kind), Outcome(Verdict.DONE, Said(Remark.TAKEN_OVER)), at)


def _settle(
    run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime
) -> StepTask | None:
    settled = STEPS[StepKind(step.kind)].settle(run, run.service, outcome, at)
    if settled.verdict == Verdict.DONE:
        return _take_next(run, step, settled, at)
    _hold_back(run, step, settled, at)
    return None


def _judge_server(task: StepTask, run: ProvisioningRun, outcome: Outcome, at: datetime) -> None:
    """Servers that fail several times in a row are left alone for a while."""
    if task.server is None or outcome.verdict == Verdict.WAIT:
        return
    if outcome.answer in (Answer.UNAVAILABLE, Answer.UNKNOWN):
        Server.objects.lock(task.server.id).note_failure(
            rest=rules.PAUSE * settings.RETRY_PACE, limit=rules.FAILURES_BEFORE_PAUSE, at=at
        )
    elif run.service.server.failures:
        Server.objects.lock(task.server.id).note_success()


def _take_next(
    run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime
) -> StepTask | None:
    step.finish(outcome.said, at=at)
    if not run.ends_with(step):
        return _go_on(run, step, at)
    leave_the_floor(run=run, at=at)
    run.succeed(at=at)
    if run.kind == RunKind.PROVISION:
        audit.record(
            action="service.activated",
            entity="service",
            entity_id=run.service_id,
            before={"status": "provisioning"},
            after={"status": "active", "run": str(run.id)},
            at=at,
        )
    go_on(run, at=at)
    return None


def _go_on(run: ProvisioningRun, step: RunStep, at: datetime) -> StepTask | None:
    """In the same job; in a new one after a crash, so that deaths are counted for one step only."""
    if not step.crashes:
        return take_step(run=run, at=at)
    step_aside(run=run, at=at)
    return None


def _hold_back(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    if run.is_overruled:
        give_way(run=run, step=step, outcome=outcome, at=at)
    elif outcome.verdict == Verdict.RENAME:
        _rename(run, outcome, at)
    elif outcome.verdict == Verdict.MOVE:
        _move(run, step, outcome, at)
    elif outcome.verdict == Verdict.REDO:
        _redo(run, step, outcome, at)
    elif outcome.verdict == Verdict.WAIT:
        _wait(run, step, outcome, at)
    elif outcome.verdict in STOPPING:
        stop_run(run=run, step=step, outcome=outcome, at=at)
    else:
        _try_again(run, step, outcome, at)


def _rename(run: ProvisioningRun, outcome: Outcome, at: datetime) -> None:
    """Bounded by the number of candidates."""
    run.go_back_to(StepKind.RESERVE_USERNAME, outcome.said, at=at)
    _record_change_of_mind(run, "service.renamed", outcome, at)
    step_aside(run=run, at=at)


def _move(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    """Bounded by the attempts, which go on counting on the next server."""
    delay = _delay_after(step.attempts)
    if delay is None:
        return stop_run(run=run, step=step, outcome=outcome, at=at)
    run.go_back_to(StepKind.CHOOSE_SERVER, outcome.said, at=at, attempts=step.attempts)
    _record_change_of_mind(run, "service.moved", outcome, at)
    return step_aside(run=run, at=at, next_at=at + delay)


def _redo(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    """What the panel said it did, it does not show. Bounded by the attempts, as a move is."""
    delay = _delay_after(step.attempts)
    if delay is None:
        return stop_run(run=run, step=step, outcome=outcome, at=at)
    first = PLANS[RunKind(run.kind)][0]
    run.go_back_to(first, outcome.said, at=at, attempts=step.attempts)
    return step_aside(run=run, at=at, next_at=at + delay)


def _record_change_of_mind(
    run: ProvisioningRun, action: str, outcome: Outcome, at: datetime
) -> None:
    audit.record(
        action=action,
        entity="service",
        entity_id=run.service_id,
        after={"run": str(run.id), "reason": str(outcome.said.remark)},
        at=at,
    )


def _wait(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    step.give_back_attempt()
    next_at = at + (outcome.delay or timedelta())
    step.wait(outcome, next_at=next_at, at=at)
    step_aside(run=run, at=at, next_at=next_at)


def _try_again(run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    delay = _delay_after(step.attempts)
    if delay is None:
        return stop_run(run=run, step=step, outcome=outcome, at=at)
    step.wait(outcome, next_at=at + delay, at=at)
    return step_aside(run=run, at=at, next_at=at + delay)


def _delay_after(attempts: int) -> timedelta | None:
    return rules.retry_delay(
        attempt=attempts,
        chance=random.random(),  # noqa: S311
        pace=settings.RETRY_PACE,
    )
