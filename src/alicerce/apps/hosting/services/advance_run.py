"""Take a run through its steps: begin one, ask outside, write down what was learned and go on."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.services.finish_step import finish_step, take_step
from alicerce.apps.hosting.services.steps import STEPS
from alicerce.apps.hosting.types import (
    Answer,
    Clock,
    Outcome,
    Remark,
    Said,
    StepTask,
    Verdict,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.http import Refusal, Unavailable, Unknown


def advance_run(*, run_id: UUID, turn: int, clock: Clock) -> None:
    """Take step after step until the run is over or has to wait.

    Safe to repeat: a turn that is over does nothing, and one that died goes on at the step it
    died in. Each step is begun, and the one before it ended, in one commit.
    """
    task = _resume(run_id, turn, clock())
    while task:
        task = finish_step(task=task, outcome=_ask(task, clock), at=clock())


@transaction()
def _resume(run_id: UUID, turn: int, at: datetime) -> StepTask | None:
    run = ProvisioningRun.objects.hold(run_id)
    if run.turn != turn or run.is_over:
        return None
    return take_step(run=run, at=at)


def _ask(task: StepTask, clock: Clock) -> Outcome:
    """Every outside call ends in one of four ways; here they become one word each."""
    ask = STEPS[task.kind].ask
    assert ask, "a step that asks nobody is settled when it begins"
    try:
        return ask(task, clock)
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
