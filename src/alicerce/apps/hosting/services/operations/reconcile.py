"""Bring a service closer to what is wanted of it: one run at a time, the newest wish only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.errors import UnknownAccount
from alicerce.apps.hosting.events import OperationSettled
from alicerce.apps.hosting.models import Policy, ProvisioningRun, Service
from alicerce.apps.hosting.services.call_next import call_next, leave_the_floor
from alicerce.apps.hosting.services.operations.conclude import conclude_termination
from alicerce.apps.hosting.types import Desired, RunKind, RunStatus, Scope
from alicerce.kernel.events import publish


class Held(NamedTuple):
    """A service and its newest run, both held until the commit."""

    service: Service
    run: ProvisioningRun


def hold_service(service_id: UUID) -> Held:
    """Raises UnknownAccount."""
    run = ProvisioningRun.objects.hold_latest(service_id)
    if run is None:
        raise UnknownAccount
    run.service = Service.objects.lock(service_id)
    return Held(run.service, run)


def weigh_holds(held: Held, *, at: datetime) -> None:
    """What the holds of a service make of it, and what is to be done about that."""
    service, holds = held.service, [hold.card() for hold in held.service.holds.all()]
    scopes = {hold.scope for hold in holds}
    scope = Scope.ALL if Scope.ALL in scopes else (Scope.WEB if scopes else "")
    service.held_by(rules.gravest(hold.cause for hold in holds), scope)
    if service.desired != Desired.TERMINATED:
        is_held = rules.is_held(holds, Policy.objects.custom())
        service.want(Desired.SUSPENDED if is_held else Desired.ACTIVE)
    reconcile(held, at=at)


def reconcile(held: Held, *, at: datetime) -> None:
    """Take back what is not wanted any more, and begin what is.

    A run that talks to the panel right now is waited for: from its end the service goes on.
    """
    run = held.run
    if not run.is_over:
        if run.status == RunStatus.RUNNING or not run.is_overruled:
            return
        supersede(run, at=at)
    go_on(run, at=at)


def supersede(run: ProvisioningRun, *, at: datetime) -> None:
    """Something else is wanted by now. A call of it that was not answered is minded by the next."""
    leave_the_floor(run=run, at=at)
    run.supersede(at=at)
    audit.record(
        action="provisioning_run.superseded",
        entity="provisioning_run",
        entity_id=run.id,
        after={"operation": run.kind, "generation": run.generation},
        at=at,
    )
    publish(OperationSettled(at=at, run_id=run.id, service_id=run.service_id))


def go_on(run: ProvisioningRun, *, at: datetime) -> None:
    """After a run: begin the next, if the service is not yet as it should be."""
    service = run.service
    kind = _next(service)
    if run.is_stopped and run.kind != RunKind.PROVISION and (kind or run.is_overruled):
        supersede(run, at=at)
    if kind == RunKind.TERMINATE and not service.username:
        conclude_termination(service, at=at)  # it never was: nobody has to be asked
    elif kind:
        _begin(service, kind, after=run, at=at)


def _next(service: Service) -> RunKind | None:
    return rules.next_operation(
        status=service.status,
        desired=service.desired,
        observed=service.observed,
        wants_another_package=service.wants_another_package,
    )


def _begin(service: Service, kind: RunKind, *, after: ProvisioningRun, at: datetime) -> None:
    service.begin_generation(max(service.generation, after.generation + 1))
    run = ProvisioningRun.objects.create(
        service=service, generation=service.generation, kind=kind, wanted=_wanted(service, kind)
    )
    run.draw_up()
    call_next(run=run, at=at)


def _wanted(service: Service, kind: RunKind) -> dict[str, str]:
    if kind == RunKind.CHANGE_PACKAGE:
        return {
            "package": service.wanted_package or service.package,
            "plan_name": service.wanted_plan_name or service.plan_name,
        }
    return {"cause": service.suspension_cause} if kind == RunKind.SUSPEND else {}
