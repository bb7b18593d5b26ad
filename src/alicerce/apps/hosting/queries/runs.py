"""Provisioning as people watch it: a run, its steps, and what each is doing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models import ProvisioningRun, RunStep
from alicerce.apps.hosting.queries.words import OPERATIONS, words_of
from alicerce.apps.hosting.types import RunKind, RunStatus, StepKind, StepStatus
from alicerce.kernel.db import as_operator, transaction

PAGE = 50

TITLES: dict[str, Promise] = {
    StepKind.CHOOSE_SERVER: _("Escolher o servidor"),
    StepKind.RESERVE_USERNAME: _("Reservar o nome de usuário"),
    StepKind.CREATE_ACCOUNT: _("Criar a conta no servidor"),
    StepKind.DNS_ZONE: _("Preparar a zona de DNS"),
    StepKind.START_AUTOSSL: _("Pedir o certificado SSL"),
    StepKind.WELCOME: _("Avisar que está tudo pronto"),
    StepKind.SUSPEND_ACCOUNT: _("Suspender a conta no servidor"),
    StepKind.RESUME_ACCOUNT: _("Reativar a conta no servidor"),
    StepKind.CHANGE_PACKAGE: _("Trocar o pacote no servidor"),
    StepKind.REMOVE_ACCOUNT: _("Remover a conta do servidor"),
    StepKind.CONFIRM: _("Conferir no servidor"),
    StepKind.CONCLUDE: _("Avisar quem precisa saber"),
}

STATES: dict[str, str] = {
    StepStatus.TODO: "todo",
    StepStatus.RUNNING: "now",
    StepStatus.WAITING: "wait",
    StepStatus.DONE: "done",
    StepStatus.FAILED: "fail",
    StepStatus.NEEDS_HUMAN: "fail",
    StepStatus.SUPERSEDED: "todo",
}


@dataclass(frozen=True, slots=True)
class LogLine:
    at: datetime
    text: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step: `state` is todo, now, wait, done or fail."""

    kind: StepKind
    title: str | Promise
    state: str
    detail: str
    attempts: int
    crashes: int
    started_at: datetime | None
    finished_at: datetime | None
    next_at: datetime | None
    log: tuple[LogLine, ...]

    @property
    def milliseconds(self) -> int | None:
        if self.started_at is None or self.finished_at is None:
            return None
        return int((self.finished_at - self.started_at).total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as lists show it."""

    id: UUID
    tenant_id: UUID
    service_id: UUID
    customer_id: UUID
    line_id: UUID
    kind: RunKind
    domain: str
    plan_name: str
    username: str
    server_name: str
    status: RunStatus
    round: int
    error: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    next_at: datetime | None

    @property
    def can_retry(self) -> bool:
        return self.status in (RunStatus.FAILED, RunStatus.NEEDS_HUMAN)

    @property
    def is_over(self) -> bool:
        return self.can_retry or self.status in (RunStatus.SUCCEEDED, RunStatus.SUPERSEDED)

    @property
    def is_activation(self) -> bool:
        return self.kind == RunKind.PROVISION

    @property
    def title(self) -> str:
        return str(OPERATIONS[self.kind])


@dataclass(frozen=True, slots=True)
class RunView:
    run: RunRow
    steps: tuple[StepView, ...]

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def has_ended_well(self) -> bool:
        return self.run.status == RunStatus.SUCCEEDED


@transaction()
def progress_of_line(line_id: UUID) -> RunView | None:
    """The activation of the service bought by this order line; None before it was opened."""
    return _view(_activations().filter(service__line_id=line_id).first())


@transaction()
def progress_of_service(service_id: UUID) -> RunView | None:
    """Its activation."""
    return _view(_activations().filter(service_id=service_id).first())


@transaction()
def latest_run_of_service(service_id: UUID) -> RunView | None:
    """Whatever was wanted of it last."""
    return _view(_runs().filter(service_id=service_id).order_by("-generation").first())


@transaction()
def runs_of_service(service_id: UUID, *, limit: int = PAGE) -> list[RunRow]:
    """Every way a service went, the latest first."""
    found = _runs().filter(service_id=service_id).order_by("-generation")
    return [_row(run) for run in found[:limit]]


@transaction()
def run_row(run_id: UUID) -> RunRow | None:
    run = _runs().filter(pk=run_id).first()
    return _row(run) if run else None


@transaction()
def run_view(run_id: UUID) -> RunView | None:
    """A run of the current tenant."""
    return _view(_runs().filter(pk=run_id).first())


def run_view_everywhere(run_id: UUID) -> RunView | None:
    """A run of any tenant, for operators."""
    with as_operator():
        return _view(_runs().filter(pk=run_id).first())


@transaction()
def runs(
    *, statuses: tuple[RunStatus, ...] = (), before: UUID | None = None, limit: int = PAGE
) -> list[RunRow]:
    """Runs of the current tenant, newest first; the next page begins before the last id."""
    return [_row(run) for run in _page(statuses, before, limit)]


def runs_everywhere(
    *, statuses: tuple[RunStatus, ...] = (), before: UUID | None = None, limit: int = PAGE
) -> list[RunRow]:
    """Runs of every tenant, for operators."""
    with as_operator():
        return [_row(run) for run in _page(statuses, before, limit)]


def _page(
    statuses: tuple[RunStatus, ...], before: UUID | None, limit: int
) -> QuerySet[ProvisioningRun]:
    found = _runs().order_by("-id")
    if statuses:
        found = found.filter(status__in=statuses)
    return (found.filter(id__lt=before) if before else found)[:limit]


def _activations() -> QuerySet[ProvisioningRun]:
    return _runs().filter(kind=RunKind.PROVISION).order_by("-generation")


def _runs() -> QuerySet[ProvisioningRun]:
    found: QuerySet[ProvisioningRun] = ProvisioningRun.objects.select_related(
        "service", "service__server"
    ).defer("service__server__token", "service__server__ca_pem")
    return found


def _view(run: ProvisioningRun | None) -> RunView | None:
    if run is None:
        return None
    steps = run.steps.order_by("position")
    return RunView(run=_row(run), steps=tuple(_step(step) for step in steps))


def _row(run: ProvisioningRun) -> RunRow:
    service = run.service
    return RunRow(
        id=run.id,
        tenant_id=run.tenant_id,
        service_id=service.id,
        customer_id=service.customer_id,
        line_id=service.line_id,
        kind=RunKind(run.kind),
        domain=service.domain,
        plan_name=service.plan_name,
        username=service.username,
        server_name=service.server.name if service.server else "",
        status=RunStatus(run.status),
        round=run.round,
        error=words_of(run.said, before=run.error),
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        next_at=run.next_at,
    )


def _step(step: RunStep) -> StepView:
    return StepView(
        kind=StepKind(step.kind),
        title=TITLES[step.kind],
        state=STATES[step.status],
        detail=words_of(step.said, before=step.detail),
        attempts=step.attempts,
        crashes=step.crashes,
        started_at=step.started_at,
        finished_at=step.finished_at,
        next_at=step.next_at,
        log=tuple(_line(line) for line in step.log),
    )


def _line(line: dict[str, Any]) -> LogLine:
    at = datetime.fromisoformat(line["at"])
    return LogLine(at, words_of(line, before=line.get("text", "")), line.get("raw", ""))
