"""End a run that cannot go on by itself, and tell everyone who must know. Once per round."""

from datetime import datetime

from django.conf import settings

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.events import ProvisioningFailed, ProvisioningNeedsHuman
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Service
from alicerce.apps.hosting.queries.words import words_in
from alicerce.apps.hosting.services.call_next import leave_the_floor
from alicerce.apps.hosting.services.operations.stop import stop_operation
from alicerce.apps.hosting.types import Outcome, RunKind, StepStatus, Verdict
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import TenantCard
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.events import publish


def stop_run(*, run: ProvisioningRun, step: RunStep, outcome: Outcome, at: datetime) -> None:
    """Part of its caller's transaction, which holds the run."""
    if run.kind != RunKind.PROVISION:
        return stop_operation(run=run, step=step, outcome=outcome, at=at)
    service = run.service
    leave_the_floor(run=run, at=at)
    if outcome.verdict == Verdict.HUMAN:
        _leave_to_human(run, step, service, outcome, at)
    else:
        _give_up(run, step, service, outcome, at)
    service.fail()
    _alert_operator(run, service, outcome, at)
    audit.record(
        action=f"provisioning_run.{run.status}",
        entity="provisioning_run",
        entity_id=run.id,
        after={"step": step.kind, "attempts": step.attempts, "reason": _code(outcome)},
        at=at,
    )
    return None


def _leave_to_human(
    run: ProvisioningRun, step: RunStep, service: Service, outcome: Outcome, at: datetime
) -> None:
    step.stop(StepStatus.NEEDS_HUMAN, outcome, at=at)
    run.ask_for_human(outcome.said, at=at)
    publish(
        ProvisioningNeedsHuman(
            at=at,
            run_id=run.id,
            service_id=service.id,
            customer_id=service.customer_id,
            reason=words_in(tenancy.tenant_card().locale, outcome.said),
            domain=service.domain,
            round=run.round,
        )
    )


def _give_up(
    run: ProvisioningRun, step: RunStep, service: Service, outcome: Outcome, at: datetime
) -> None:
    step.stop(StepStatus.FAILED, outcome, at=at)
    run.fail(outcome.said, at=at)
    orders.fail_line(line_id=service.line_id, reason=_code(outcome), at=at)
    publish(
        ProvisioningFailed(
            at=at,
            run_id=run.id,
            service_id=service.id,
            customer_id=service.customer_id,
            reason=words_in(tenancy.tenant_card().locale, outcome.said),
            domain=service.domain,
            round=run.round,
        )
    )


def _code(outcome: Outcome) -> str:
    """For trails and rows, which outlive the language of whoever reads them."""
    return str(outcome.said.remark)


def _link(tenant: TenantCard, run: ProvisioningRun) -> str:
    return f"{tenant.base_url.rstrip('/')}/admin/empresas/{tenant.id}/ativacoes/{run.id}/"


def _alert_operator(
    run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime
) -> None:
    tenant = tenancy.tenant_card()
    if address := tenant.alert_email or settings.ALERT_EMAIL:
        notify.send(
            template="provisioning_failed",
            to=address,
            key=f"provisioning-stopped:{run.id}:{run.round}",
            values={
                "domain": display_domain(service.domain),
                "server_name": service.server.name if service.server else "—",
                "reason": words_in(tenant.locale, outcome.said),
                "link_run": _link(tenant, run),
            },
            at=at,
            locale=tenant.locale,
        )
