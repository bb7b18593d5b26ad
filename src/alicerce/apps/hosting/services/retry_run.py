"""Go on with a stopped run where it stopped: the operator's button."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.hosting.errors import RunNotStopped
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.services.call_next import call_next
from alicerce.apps.hosting.types import RunKind, RunStatus
from alicerce.apps.orders import public as orders
from alicerce.kernel.db import transaction


@transaction()
def retry_run(*, run_id: UUID, at: datetime) -> None:
    """Steps that are done stay done. Raises RunNotStopped."""
    run = ProvisioningRun.objects.lock(run_id)
    if not run.is_stopped or _is_outdone(run):
        raise RunNotStopped
    service = Service.objects.lock(run.service_id)
    before = {"status": str(run.status), "reason": _reason(run, service)}
    if run.kind == RunKind.PROVISION:
        if run.status == RunStatus.FAILED:
            orders.retry_line(line_id=service.line_id, at=at)
        service.start_provisioning()
    run.reopen()
    call_next(run=run, at=at)
    audit.record(
        action="provisioning_run.retried",
        entity="provisioning_run",
        entity_id=run.id,
        before=before,
        after={"status": str(run.status), "round": run.round},
        at=at,
    )


def _is_outdone(run: ProvisioningRun) -> bool:
    """Another run of the service began after it."""
    newer = ProvisioningRun.objects.filter(
        service_id=run.service_id, generation__gt=run.generation
    )
    return newer.exists()


def _reason(run: ProvisioningRun, service: Service) -> str | Personal:
    """A code; older versions wrote words, in which a domain may stand."""
    code: str = run.said.get("code", "")
    return code or Personal(run.error, of=f"customer:{service.customer_id}")
