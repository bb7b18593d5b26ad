"""What a finished run makes true: the status people read, the fact, the letter. One commit."""

from collections.abc import Callable
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.events import (
    OperationSettled,
    ServicePackageChanged,
    ServiceResumed,
    ServiceSuspended,
    ServiceTerminated,
)
from alicerce.apps.hosting.models import Difference, ProvisioningRun, Service
from alicerce.apps.hosting.services.operations import letters
from alicerce.apps.hosting.types import MENDED, RunKind, Scope
from alicerce.kernel.events import publish


def conclude(run: ProvisioningRun, service: Service, *, at: datetime) -> None:
    """Part of its caller's transaction. The panel has confirmed it."""
    CONCLUSIONS[RunKind(run.kind)](run, service, at)
    for difference in Difference.objects.standing().filter(service=service, kind__in=MENDED):
        difference.settle(at=at)  # if it is still so, the next comparison says it anew
    publish(OperationSettled(at=at, run_id=run.id, service_id=service.id))


def conclude_termination(service: Service, *, at: datetime) -> None:
    service.terminate(at=at)
    _record(service, "service.terminated", {"username": service.username}, at)
    publish(
        ServiceTerminated(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
        )
    )


def _suspended(run: ProvisioningRun, service: Service, at: datetime) -> None:
    if not service.suspend(at=at):
        return
    cause = service.suspension_cause or run.wanted.get("cause", "")
    letters.tell_suspended(service, run, at=at)
    _record(service, "service.suspended", {"cause": cause, "run": str(run.id)}, at)
    publish(
        ServiceSuspended(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
            scope=Scope.ALL,
            cause=cause,
        )
    )


def _resumed(run: ProvisioningRun, service: Service, at: datetime) -> None:
    if not service.resume():
        return
    letters.tell_resumed(service, run, at=at)
    _record(service, "service.resumed", {"run": str(run.id)}, at)
    publish(
        ServiceResumed(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
        )
    )


def _changed(run: ProvisioningRun, service: Service, at: datetime) -> None:
    before = {"package": service.package, "plan": service.plan_name}
    service.take_package(run.wanted["package"], run.wanted["plan_name"])
    audit.record(
        action="service.package_changed",
        entity="service",
        entity_id=service.id,
        before=before,
        after={"package": service.package, "plan": service.plan_name, "run": str(run.id)},
        at=at,
    )
    publish(
        ServicePackageChanged(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
            package=service.package,
            plan_name=service.plan_name,
        )
    )


def _terminated(run: ProvisioningRun, service: Service, at: datetime) -> None:
    conclude_termination(service, at=at)


CONCLUSIONS: dict[RunKind, Callable[[ProvisioningRun, Service, datetime], None]] = {
    RunKind.SUSPEND: _suspended,
    RunKind.RESUME: _resumed,
    RunKind.CHANGE_PACKAGE: _changed,
    RunKind.TERMINATE: _terminated,
}


def _record(service: Service, action: str, after: dict[str, str], at: datetime) -> None:
    audit.record(action=action, entity="service", entity_id=service.id, after=after, at=at)
