"""An operation that cannot go on by itself: the service keeps its status, and somebody is told."""

from datetime import datetime

from django.conf import settings

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.events import OperationStopped
from alicerce.apps.hosting.models import ProvisioningRun, RunStep
from alicerce.apps.hosting.queries.words import title_of, words_in
from alicerce.apps.hosting.services.call_next import leave_the_floor
from alicerce.apps.hosting.services.operations.reconcile import go_on, supersede
from alicerce.apps.hosting.types import Outcome, RunKind, StepStatus, Verdict
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.events import publish


def stop_operation(
    *, run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime
) -> None:
    """Part of its caller's transaction, which holds the run."""
    if run.is_overruled:
        return give_way(run=run, step=step, outcome=outcome, at=at)
    leave_the_floor(run=run, at=at)
    if outcome.verdict == Verdict.HUMAN:
        step.stop(StepStatus.NEEDS_HUMAN, outcome, at=at)
        run.ask_for_human(outcome.said, at=at)
    else:
        step.stop(StepStatus.FAILED, outcome, at=at)
        run.fail(outcome.said, at=at)
    _tell(run, outcome, at)
    audit.record(
        action=f"provisioning_run.{run.status}",
        entity="provisioning_run",
        entity_id=run.id,
        after={
            "operation": run.kind,
            "step": step.kind,
            "attempts": step.attempts,
            "reason": str(outcome.said.remark),
        },
        at=at,
    )
    return None


def give_way(*, run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    """Something else is wanted by now: nothing of this is tried again."""
    step.stop(StepStatus.SUPERSEDED, outcome, at=at)
    supersede(run, at=at)
    go_on(run, at=at)


def _tell(run: ProvisioningRun, outcome: Outcome, at: datetime) -> None:
    tenant, service = tenancy.tenant_card(), run.service
    reason = words_in(tenant.locale, outcome.said)
    publish(
        OperationStopped(
            at=at,
            run_id=run.id,
            service_id=service.id,
            customer_id=service.customer_id,
            operation=run.kind,
            reason=reason,
            domain=service.domain,
            round=run.round,
        )
    )
    if address := tenant.alert_email or settings.ALERT_EMAIL:
        notify.send(
            template="operation_stopped",
            to=address,
            key=f"operation-stopped:{run.id}:{run.round}",
            values={
                "domain": display_domain(service.domain),
                "operation": title_of(tenant.locale, RunKind(run.kind)),
                "server_name": service.server.name if service.server else "—",
                "reason": reason,
                "link_run": f"{tenant.base_url.rstrip('/')}/admin/empresas/{tenant.id}/ativacoes/{run.id}/",
            },
            at=at,
            locale=tenant.locale,
        )
