"""The endpoints about migrations: ask for one, follow its examination, correct it, cancel it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.transfers import permissions as may
from alicerce.apps.transfers.queries import records
from alicerce.apps.transfers.services.move_transfer import cancel_transfer
from alicerce.apps.transfers.services.request_transfer import (
    correction_of,
    examine_again,
    request_transfer,
)
from alicerce.apps.transfers.types import Code, NewTransfer, Source, Stage
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.changes import ClearableText, given, optional
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Migrations"])

PORT = 2087
USERNAME = r"^[a-z][a-z0-9_-]{0,15}$"
LOGIN = r"^[A-Za-z0-9_.-]{1,60}$"
SOURCE_REFUSED = (
    (422, "source_not_allowed"),
    (422, "bad_source_certificate"),
    (422, "source_token_needed"),
)


class SourceOut(Schema):
    """De onde a conta vem. O token não é mostrado."""

    host: str = Field(examples=["cpanel.antiga.example"])
    port: int = Field(examples=[PORT])
    login: str = Field(description="O dono do token: root ou um revendedor.")
    username: str = Field(description="A conta na origem.", examples=["padaria"])


class FindingOut(Schema):
    """O que o exame encontrou."""

    code: Code
    blocks: bool = Field(description="Se impede a migração.")
    message: str = Field(description="Em português ou inglês.")


class MigratedDomainOut(Schema):
    """Um domínio da conta na origem."""

    name: str = Field(examples=["padaria.com.br"])
    kind: str = Field(description="main, addon, parked ou sub.", examples=["main"])


class FactsOut(Schema):
    """O que a origem mostrou, e quanto cabe no destino."""

    version: str
    domain: str
    plan: str
    disk_used_bytes: int | None
    disk_limit_bytes: int | None = Field(description="O limite do destino; nulo é sem limite.")
    domains: list[MigratedDomainOut]


class MigrationOut(Schema):
    """Uma migração de cPanel para cPanel: a origem é examinada, e a equipe move a conta."""

    object: Literal["migration"]
    id: UUID
    service_id: UUID
    customer_id: UUID
    state: Stage
    source: SourceOut
    token_kept: bool = Field(
        description="Se o token ainda é guardado: no fim, ou em 14 dias, não."
    )
    note: str
    findings: list[FindingOut]
    facts: FactsOut | None
    created_at: datetime
    examined_at: datetime | None
    finished_at: datetime | None


class MigrationListOut(ListOut):
    """Uma página de migrações."""

    data: list[MigrationOut]


class MigrationQuery(ListQuery):
    state: Stage | None = Field(None, description="Só neste estado.")
    service_id: UUID | None = Field(None, description="Só as deste serviço.")
    customer_id: UUID | None = Field(None, description="Só as deste cliente.")


class SourceIn(Input):
    """Onde a conta está, e um token da API do WHM de lá."""

    host: str = Field(min_length=1, max_length=253)
    port: int = Field(PORT, ge=1, le=65535)
    login: str = Field("root", pattern=LOGIN)
    username: str = Field(pattern=USERNAME)
    token: str = Field(min_length=8, max_length=500)
    certificate: str = Field(
        "",
        max_length=20_000,
        description="Em PEM, se não for de uma autoridade pública.",
    )


class MigrationIn(Input):
    """O que migrar, e para qual serviço ativo."""

    service_id: UUID
    source: SourceIn
    note: str = Field("", max_length=1000)


class SourceChange(Input):
    """O que muda na origem; o que não vier fica. Outro servidor ou dono pede outro token."""

    host: str = optional(min_length=1, max_length=253)
    port: int = optional(ge=1, le=65535)
    login: str = optional(pattern=LOGIN)
    username: str = optional(pattern=USERNAME)
    token: str = optional(min_length=8, max_length=500)
    certificate: ClearableText = optional(max_length=20_000)


class ExamineIn(Input):
    """O que foi corrigido na origem, se algo foi."""

    source: SourceChange | None = None


@router.get(
    "/migrations",
    response=MigrationListOut,
    operation_id="listMigrations",
    summary="Listar migrações",
)
@requires(may.READ)
@expanding("customer")
def list_migrations(request: Request, asked: Query[MigrationQuery]) -> Answer:
    """As migrações, da mais nova para a mais antiga."""
    rows = records.transfer_rows(
        asked.window(),
        stage=asked.state,
        service_id=asked.service_id,
        customer_id=asked.customer_id,
    )
    return Answer(rows)


@router.post(
    "/migrations",
    response={202: MigrationOut},
    operation_id="createMigration",
    summary="Pedir uma migração",
)
@requires(may.CREATE)
@refusing(
    (404, "no_such_service"),
    (409, "service_not_active"),
    (409, "migration_already_open"),
    *SOURCE_REFUSED,
)
def create_migration(request: Request, wanted: MigrationIn) -> Answer:
    """Pede a migração de uma conta cPanel para um serviço ativo.

    A origem é examinada em seguida, só com leituras. Se nada impede, a equipe é avisada e move a
    conta: mover ainda é trabalho de pessoas.
    """
    source = wanted.source.dict()
    token = source.pop("token")
    transfer_id = request_transfer(
        wanted=NewTransfer(wanted.service_id, Source(**source), token, wanted.note), at=now()
    )
    return _accepted(transfer_id)


@router.get(
    "/migrations/{uuid:migration_id}",
    response=MigrationOut,
    operation_id="getMigration",
    summary="Mostrar uma migração",
)
@requires(may.READ)
@expanding("customer")
def get_migration(request: Request, migration_id: UUID) -> Answer:
    """Uma migração, com o que o exame encontrou."""
    return Answer(records.transfer_record(migration_id))


@router.post(
    "/migrations/{uuid:migration_id}/examine",
    response={202: MigrationOut},
    operation_id="examineMigration",
    summary="Examinar de novo",
)
@requires(may.CREATE)
@refusing(
    (409, "migration_still_examined"),
    (409, "migration_is_moving"),
    (409, "migration_is_over"),
    *SOURCE_REFUSED,
)
def examine_migration(request: Request, migration_id: UUID, wanted: ExamineIn) -> Answer:
    """Examina a origem outra vez, depois de uma correção lá, aqui ou nos dados dela."""
    changes = given(wanted.source) if wanted.source else {}
    correction = correction_of(transfer_id=migration_id, changes=changes)
    examine_again(transfer_id=migration_id, correction=correction, at=now())
    return _accepted(migration_id)


@router.post(
    "/migrations/{uuid:migration_id}/cancel",
    response=MigrationOut,
    operation_id="cancelMigration",
    summary="Cancelar uma migração",
)
@requires(may.CREATE)
@refusing((409, "migration_is_over"), (409, "migration_is_moving"))
def cancel_migration(request: Request, migration_id: UUID) -> Answer:
    """Cancela o que ainda não começou a ser movido, e destrói o token da origem."""
    cancel_transfer(transfer_id=migration_id, at=now())
    return Answer(records.transfer_record(migration_id))


def _accepted(transfer_id: UUID) -> Answer:
    row = records.transfer_record(transfer_id)
    return accepted(row, location=f"/v1/migrations/{transfer_id}")
