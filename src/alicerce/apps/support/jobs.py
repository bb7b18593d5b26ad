"""What support does when something goes wrong."""

from alicerce.apps.hosting.events import (
    OperationSettled,
    OperationStopped,
    ProvisioningFailed,
    ProvisioningNeedsHuman,
    RemovalDue,
    RunStepDue,
    ServiceActivated,
    ServiceTerminated,
)
from alicerce.apps.support.services import report_trouble
from alicerce.apps.support.services.move_ticket import (
    settle_tickets_of_operation,
    settle_tickets_of_removal,
    settle_tickets_of_run,
    settle_tickets_of_transfer,
)
from alicerce.apps.transfers.events import (
    ExaminationDue,
    TransferCanceled,
    TransferDone,
    TransferFailed,
    TransferReady,
)
from alicerce.kernel.clock import now
from alicerce.kernel.events import JobDied
from alicerce.kernel.jobs import on


def is_untold(death: JobDied) -> bool:
    """A dead step has failed its run, and a dead examination its transfer: they have tickets."""
    return death.event not in (RunStepDue.name, ExaminationDue.name)


def has_run(activated: ServiceActivated) -> bool:
    """Facts of older versions do not name theirs."""
    return activated.run_id is not None


@on(ProvisioningFailed)
def open_ticket_for_failure(failure: ProvisioningFailed) -> None:
    report_trouble.report_failed_provisioning(failure=failure, at=now())


@on(ProvisioningNeedsHuman)
def open_ticket_for_human(stuck: ProvisioningNeedsHuman) -> None:
    report_trouble.report_provisioning_for_human(stuck=stuck, at=now())


@on(OperationStopped)
def open_ticket_for_stopped_operation(stopped: OperationStopped) -> None:
    report_trouble.report_stopped_operation(stopped=stopped, at=now())


@on(OperationSettled)
def settle_tickets_of_settled_operation(settled: OperationSettled) -> None:
    settle_tickets_of_operation(run_id=settled.run_id, at=now())


@on(RemovalDue)
def open_ticket_for_due_removal(due: RemovalDue) -> None:
    report_trouble.report_due_removal(due=due, at=now())


@on(ServiceTerminated)
def settle_tickets_of_terminated_service(terminated: ServiceTerminated) -> None:
    settle_tickets_of_removal(service_id=terminated.service_id, at=now())


@on(JobDied, when=is_untold)
def open_ticket_for_dead_job(death: JobDied) -> None:
    report_trouble.report_dead_job(death=death, at=now())


@on(ServiceActivated, when=has_run)
def settle_tickets_of_activation(activated: ServiceActivated) -> None:
    assert activated.run_id is not None
    settle_tickets_of_run(run_id=activated.run_id, at=now())


@on(TransferReady)
def open_ticket_for_ready_transfer(ready: TransferReady) -> None:
    report_trouble.report_ready_transfer(ready=ready, at=now())


@on(TransferFailed)
def open_ticket_for_failed_transfer(failure: TransferFailed) -> None:
    report_trouble.report_failed_transfer(failure=failure, at=now())


@on(TransferDone)
def settle_tickets_of_done_transfer(done: TransferDone) -> None:
    settle_tickets_of_transfer(transfer_id=done.transfer_id, at=now())


@on(TransferCanceled)
def settle_tickets_of_canceled_transfer(canceled: TransferCanceled) -> None:
    settle_tickets_of_transfer(transfer_id=canceled.transfer_id, at=now())
