"""Step 5: have the panel fetch a certificate. Starting the check twice is one check more, no harm."""

from datetime import datetime

from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.ports import panel_for
from alicerce.apps.hosting.types import Clock, Outcome, Remark, Said, StepTask, Verdict


def ask(task: StepTask, clock: Clock) -> Outcome:
    assert task.server is not None
    reference = panel_for(task.server.access).start_autossl(task.username)
    return Outcome(Verdict.DONE, Said(Remark.CERTIFICATE_ASKED, {"process": reference}))


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    return outcome
