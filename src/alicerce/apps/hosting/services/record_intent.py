"""Write down, before it leaves, that the panel is about to be asked for an account."""

from datetime import datetime

from alicerce.apps.hosting.models import ProvisioningRun, RunStep
from alicerce.apps.hosting.types import StepTask
from alicerce.kernel.db import transaction


@transaction(shared=True)
def record_intent(*, task: StepTask, at: datetime) -> bool:
    """False when a newer attempt has taken over: then nothing may be asked."""
    step = _step_of(task)
    if step is None:
        return False
    step.ask(at=at)
    return True


@transaction()
def withdraw_intent(*, task: StepTask) -> None:
    """The request certainly never arrived."""
    step = _step_of(task)
    if step is not None:
        step.unask()


def _step_of(task: StepTask) -> RunStep | None:
    run = ProvisioningRun.objects.lock(task.run_id)
    step = run.step(task.kind)
    return step if (run.turn, step.fence) == (task.turn, task.attempt) else None
