"""Take the next step of a run: read and count, ask outside, write down what was learned."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server, ServerLease
from alicerce.apps.hosting.services.call_next import call_next
from alicerce.apps.hosting.services.finish_step import finish_step
from alicerce.apps.hosting.services.steps import STEPS
from alicerce.apps.hosting.services.stop_run import stop_run
from alicerce.apps.hosting.types import (
    Answer,
    Clock,
    Outcome,
    Remark,
    Said,
    StepKind,
    StepStatus,
    StepTask,
    Verdict,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.http import Refusal, Unavailable, Unknown

LEASE_MARGIN = timedelta(minutes=6)  # a step makes up to a dozen calls of half a minute


def advance_run(*, run_id: UUID, turn: int, clock: Clock) -> None:
    """Safe to repeat: a turn that is over does nothing, and one that died is taken again."""
    task = _begin(run_id, turn, clock())
    if task:
        finish_step(task=task, outcome=_ask(task, clock), at=clock())


@transaction()
def _begin(run_id: UUID, turn: int, at: datetime) -> StepTask | None:
    run = ProvisioningRun.objects.lock(run_id)
    if run.turn != turn or run.is_over:
        return None
    step = run.current_step()
    if step.status == StepStatus.RUNNING and step.attempts >= rules.MAX_ATTEMPTS:
        outcome = Outcome(Verdict.FAIL, Said(Remark.CRASHED_TOO_OFTEN), Answer.UNKNOWN)
        stop_run(run=run, step=step, outcome=outcome, at=at)
        return None
    talks = STEPS[StepKind(step.kind)].talks_to_panel
    if talks and not _has_the_floor(run, step, at):
        return None
    run.go(at=at)
    return _task(run, step, attempt=step.begin(at=at), talks=talks)


def _has_the_floor(run: ProvisioningRun, step: RunStep, at: datetime) -> bool:
    """Whether the run may talk to its server now. If not, it stands in line, for free."""
    server: Server = run.service.server
    until = at + timedelta(seconds=settings.OUTSIDE_TIMEOUT) + LEASE_MARGIN
    if server.is_resting(at):
        back = max(server.paused_until or at, at)
        _stand_by(
            run, step, Remark.SERVER_RESTING, next_at=back + _pause(rules.RESTING_DELAY), at=at
        )
        return False
    if not ServerLease.objects.take(server=server, run_id=run.id, until=until, at=at):
        next_at = at + _pause(rules.BUSY_DELAY)
        _stand_by(run, step, Remark.IN_LINE, next_at=next_at, at=at, in_line_for=server)
        return False
    return True


def _pause(shortest: timedelta) -> timedelta:
    return rules.spread(shortest, chance=random.random(), pace=settings.RETRY_PACE)  # noqa: S311


def _stand_by(
    run: ProvisioningRun,
    step: RunStep,
    why: Remark,
    *,
    next_at: datetime,
    at: datetime,
    in_line_for: Server | None = None,
) -> None:
    step.stand_by(Said(why), next_at=next_at)
    call_next(run=run, next_at=next_at, at=at, in_line_for=in_line_for)


def _task(run: ProvisioningRun, step: RunStep, *, attempt: int, talks: bool) -> StepTask:
    service = run.service
    return StepTask(
        run_id=run.id,
        turn=run.turn,
        attempt=attempt,
        kind=StepKind(step.kind),
        service_id=service.id,
        customer_id=service.customer_id,
        domain=service.domain,
        package=service.package,
        region=service.region,
        username=service.username,
        server=service.server.card() if talks else None,
        asked_before=step.asked_at is not None,
        absences=step.absences,
    )


def _ask(task: StepTask, clock: Clock) -> Outcome:
    """Every outside call ends in one of four ways; here they become one word each."""
    try:
        return STEPS[task.kind].ask(task, clock)
    except Refused as refused:
        said = Said(Remark.NOT_ALLOWED, raw=str(refused))
        return Outcome(Verdict.FAIL, said, Answer.REFUSED)
    except Refusal as refusal:
        said = Said(Remark.PANEL_REFUSED, raw=str(refusal))
        return Outcome(Verdict.AGAIN, said, Answer.REFUSED)
    except Unavailable as trouble:
        said = Said(Remark.PANEL_AWAY, raw=str(trouble))
        return Outcome(Verdict.AGAIN, said, Answer.UNAVAILABLE)
    except Unknown as trouble:
        said = Said(Remark.PANEL_SILENT, raw=str(trouble))
        return Outcome(Verdict.AGAIN, said, Answer.UNKNOWN)
