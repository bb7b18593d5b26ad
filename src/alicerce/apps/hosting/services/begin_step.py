"""Begin a run's next step: count the attempt, and get the floor where its server has to be asked."""

import random
from datetime import datetime, timedelta

from django.conf import settings

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server, ServerLease
from alicerce.apps.hosting.services.call_next import step_aside
from alicerce.apps.hosting.services.steps import STEPS
from alicerce.apps.hosting.services.stop_run import stop_run
from alicerce.apps.hosting.types import (
    Answer,
    Observed,
    Outcome,
    Remark,
    RunKind,
    Said,
    StepKind,
    StepStatus,
    StepTask,
    Verdict,
)

LEASE_MARGIN = timedelta(minutes=6)  # a step makes up to a dozen calls of half a minute


def begin_step(*, run: ProvisioningRun, at: datetime) -> StepTask | None:
    """Part of its caller's transaction, which holds the run. None when it waits, or gave up."""
    step = run.current_step()
    if step.status == StepStatus.RUNNING and step.crashes >= rules.MAX_CRASHES:
        outcome = Outcome(Verdict.FAIL, Said(Remark.CRASHED_TOO_OFTEN), Answer.UNKNOWN)
        stop_run(run=run, step=step, outcome=outcome, at=at)
        return None
    talks = STEPS[StepKind(step.kind)].talks_to_panel
    if talks and not _has_the_floor(run, step, at):
        return None
    run.go(at=at)
    return _task(run, step, attempt=step.begin(at=at), talks=talks)


def _has_the_floor(run: ProvisioningRun, step: RunStep, at: datetime) -> bool:
    """Whether the run may talk to its server now. If not, it stands in line, for free.

    Who has the floor keeps it from step to step, until the run waits or is over.
    """
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
    step_aside(run=run, next_at=next_at, at=at, in_line_for=in_line_for)


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
        operation=RunKind(run.kind),
        wanted_package=run.wanted.get("package", ""),
        wanted_server_id=service.wanted_server_id,
        cause=run.wanted.get("cause", ""),
        is_unsettled=step.asked_at is None and _is_in_doubt(run),
        is_overruled=run.is_overruled,
    )


def _is_in_doubt(run: ProvisioningRun) -> bool:
    """Whether a run before this one left something that may still happen."""
    if run.kind == RunKind.CHANGE_PACKAGE:
        return bool(run.service.package_in_doubt)
    return bool(run.service.observed == Observed.UNKNOWN)
