"""A run whose job died for good stops like any other: seen, told, and open to a retry."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.services.stop_run import stop_run
from alicerce.apps.hosting.types import Answer, Outcome, Remark, Said, Verdict
from alicerce.kernel.db import transaction


@transaction()
def abandon_run(*, run_id: UUID, turn: int, error: str, at: datetime) -> None:
    run = ProvisioningRun.objects.hold(run_id)
    if run.turn == turn and not run.is_over:
        outcome = Outcome(Verdict.FAIL, Said(Remark.OUR_FAULT, raw=error), Answer.UNKNOWN)
        stop_run(run=run, step=run.current_step(), outcome=outcome, at=at)
