"""What support does when something goes wrong."""

from alicerce.apps.hosting.events import ProvisioningFailed, ProvisioningNeedsHuman, RunStepDue
from alicerce.apps.support.services import report_trouble
from alicerce.kernel.clock import now
from alicerce.kernel.events import JobDied
from alicerce.kernel.jobs import on


def is_untold(death: JobDied) -> bool:
    """A dead step has already failed its run, which has a ticket of its own."""
    return death.event != RunStepDue.name


@on(ProvisioningFailed)
def open_ticket_for_failure(failure: ProvisioningFailed) -> None:
    report_trouble.report_failed_provisioning(failure=failure, at=now())


@on(ProvisioningNeedsHuman)
def open_ticket_for_human(stuck: ProvisioningNeedsHuman) -> None:
    report_trouble.report_provisioning_for_human(stuck=stuck, at=now())


@on(JobDied, when=is_untold)
def open_ticket_for_dead_job(death: JobDied) -> None:
    report_trouble.report_dead_job(death=death, at=now())
