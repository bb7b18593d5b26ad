"""Transfers as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alicerce.apps.transfers.models import LogLine, Transfer
from alicerce.apps.transfers.queries.words import words
from alicerce.apps.transfers.types import (
    BLOCKING,
    CAUTIONS,
    OVER,
    Code,
    Domain,
    Said,
    Source,
    Stage,
    Step,
)
from alicerce.kernel.db import transaction

PAGE = 50
ENDS_STEP: dict[Code, Step] = {
    Code.REACHED: Step.REACH,
    Code.ACCOUNT_SEEN: Step.ACCOUNT,
    Code.DOMAINS_SEEN: Step.DOMAINS,
    Code.DOMAINS_UNTOLD: Step.DOMAINS,
    Code.COMPARED: Step.COMPARE,
}
SILENCES = (Code.SOURCE_AWAY, Code.SOURCE_SILENT, Code.DESTINATION_AWAY)


@dataclass(frozen=True, slots=True)
class Finding:
    code: Code
    blocks: bool
    text: str
    raw: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the log; `note` is what a person wrote with it."""

    at: datetime
    code: Code
    author: str
    text: str
    raw: str
    note: str
    examination: int


@dataclass(frozen=True, slots=True)
class StepView:
    """A part of the examination: `state` is todo, now, wait, done or fail."""

    step: Step
    state: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransferView:
    """A transfer. No secret in it."""

    id: UUID
    service_id: UUID
    customer_id: UUID
    domain: str
    customer_name: str
    stage: Stage
    source: Source
    has_token: bool
    note: str
    examination: int
    created_at: datetime
    examined_at: datetime | None
    finished_at: datetime | None
    version: str
    source_domain: str
    source_plan: str
    disk_used: int | None
    disk_limit: int | None
    domains: tuple[Domain, ...]
    findings: tuple[Finding, ...]

    @property
    def is_over(self) -> bool:
        return self.stage in OVER

    @property
    def is_open_to_examination(self) -> bool:
        return self.stage in (Stage.READY, Stage.BLOCKED)


@transaction()
def transfer_view(transfer_id: UUID) -> TransferView | None:
    """A transfer of the current tenant."""
    found = _transfers().filter(pk=transfer_id).first()
    return _view(found) if found else None


@transaction()
def transfers(
    *,
    stages: Sequence[Stage] = (),
    customer_ids: Sequence[UUID] | None = None,
    before: UUID | None = None,
    limit: int = PAGE,
) -> list[TransferView]:
    """Newest first; the next page begins before the last id. Of these customers, when they are given."""
    found = _transfers().filter(stage__in=stages) if stages else _transfers()
    if customer_ids is not None:
        found = found.filter(customer_id__in=customer_ids)
    if before:
        found = found.filter(id__lt=before)
    return [_view(row) for row in found.order_by("-id")[:limit]]


@transaction()
def transfer_of_service(service_id: UUID) -> TransferView | None:
    """The newest of a service."""
    found = _transfers().filter(service_id=service_id).order_by("-id").first()
    return _view(found) if found else None


@transaction()
def log_of(transfer_id: UUID) -> list[LineView]:
    """Newest first."""
    found = LogLine.objects.filter(transfer_id=transfer_id).order_by("-id")
    return [_line(row) for row in found]


def steps_of(transfer: TransferView, log: Sequence[LineView]) -> list[StepView]:
    """How far the newest examination came."""
    lines = [line for line in reversed(log) if line.examination == transfer.examination]
    stopped = {BLOCKING[found.code] for found in transfer.findings if found.blocks}
    ended = {ENDS_STEP[line.code] for line in lines if line.code in ENDS_STEP}
    waits = bool(lines) and lines[-1].code in SILENCES
    ahead = [step for step in Step if step not in ended | stopped]
    now = ahead[0] if ahead and transfer.stage is Stage.EXAMINING else None
    return [
        StepView(step, _state(step, now, ended, stopped, waits=waits), _said_of(step, lines))
        for step in Step
    ]


def _state(
    step: Step, now: Step | None, ended: set[Step], stopped: set[Step], *, waits: bool
) -> str:
    if step in stopped:
        return "fail"
    if step in ended:
        return "done"
    if step is now:
        return "wait" if waits else "now"
    return "todo"


def _said_of(step: Step, lines: Sequence[LineView]) -> tuple[str, ...]:
    places = {**ENDS_STEP, **BLOCKING, **CAUTIONS}
    told = [line.text for line in lines if places.get(line.code) is step]
    if step is Step.REACH:
        told += [line.text for line in lines[-1:] if line.code in SILENCES]
    return tuple(told)


def _transfers() -> "QuerySet[Transfer]":
    found: QuerySet[Transfer] = Transfer.objects.select_related("service", "customer")
    return found


def _view(row: Transfer) -> TransferView:
    return TransferView(
        id=row.id,
        service_id=row.service_id,
        customer_id=row.customer_id,
        domain=row.service.domain,
        customer_name=row.customer.name,
        stage=Stage(row.stage),
        source=row.source,
        has_token=row.has_token,
        note=row.note,
        examination=row.examination,
        created_at=row.created_at,
        examined_at=row.examined_at,
        finished_at=row.finished_at,
        version=row.version,
        source_domain=row.source_domain,
        source_plan=row.source_plan,
        disk_used=row.disk_used,
        disk_limit=row.disk_limit,
        domains=tuple(Domain(**each) for each in row.domains),
        findings=tuple(_finding(kept) for kept in row.findings),
    )


def _finding(kept: dict[str, object]) -> Finding:
    said = Said.read(kept)
    return Finding(said.code, said.blocks, words(said), said.raw)


def _line(row: LogLine) -> LineView:
    said = Said(Code(row.code), row.values, row.detail)
    return LineView(
        row.at, said.code, row.author, words(said), said.raw, row.note, row.examination
    )
