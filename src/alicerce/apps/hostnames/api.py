"""The endpoints about a company's own host names."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.hostnames import permissions as may
from alicerce.apps.hostnames.queries.records import host_name_row, host_name_rows
from alicerce.apps.hostnames.services import attach as services
from alicerce.apps.hostnames.types import Finding, NameState, RecordPurpose
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.rest.answers import Answer, accepted, created
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Host names"])
OVER = (409, "host_name_is_over")


class HostNameRecordOut(Schema):
    """Um registro que a empresa cria no DNS do domínio."""

    type: str = Field(examples=["TXT"])
    name: str = Field(examples=["_alicerce-challenge.cliente.exemplo.com.br"])
    value: str
    purpose: RecordPurpose = Field(
        description="`proof` prova que o nome é da empresa; `alias` traz os visitantes; `address` substitui o alias na raiz."
    )


class HostNameOut(Schema):
    """Um nome que a empresa diz ser seu, e o que o DNS respondeu."""

    object: Literal["host_name"]
    id: UUID
    domain: str = Field(examples=["cliente.exemplo.com.br"])
    state: NameState
    finding: Finding = Field(description="O que o DNS disse na última pergunta.")
    points_here: bool | None = Field(
        description="Se o nome leva à plataforma; nulo enquanto não se sabe."
    )
    is_primary: bool = Field(description="Se os links da empresa começam por ele.")
    url: str = Field(description="O endereço, quando o estado é `active` ou `at_risk`.")
    records: list[HostNameRecordOut]
    proven_at: datetime | None
    checked_at: datetime | None
    next_check_at: datetime | None
    lapses_at: datetime | None = Field(
        description="Com `at_risk`: até quando a prova pode voltar."
    )
    ended_at: datetime | None
    created_at: datetime


class HostNameListOut(ListOut):
    """Uma página de endereços próprios."""

    data: list[HostNameOut]


class HostNameIn(Input):
    """O nome a ligar."""

    domain: str = Field(min_length=1, max_length=253, examples=["cliente.exemplo.com.br"])


class HostNameQuery(ListQuery):
    state: NameState | None = Field(None, description="Só neste estado.")


@router.get(
    "/host-names",
    response=HostNameListOut,
    operation_id="listHostNames",
    summary="Listar endereços próprios",
)
@requires(may.READ)
def list_host_names(request: Request, asked: Query[HostNameQuery]) -> Answer:
    """Os nomes da empresa, também os que terminaram."""
    return Answer(host_name_rows(asked.window(), state=asked.state))


@router.post(
    "/host-names",
    response={201: HostNameOut},
    operation_id="attachHostName",
    summary="Ligar um endereço próprio",
)
@requires(may.WRITE)
@refusing(
    (409, "already_attached"),
    (409, "too_many_host_names"),
    (409, "live_mode_only"),
    (409, "platform_has_its_own"),
    (422, "bad_host_name"),
    (422, "platforms_name"),
)
def post_host_name(request: Request, wanted: HostNameIn) -> Answer:
    """O nome espera pela prova no DNS; crie os `records` da resposta. Procuramos por sete dias."""
    name_id = services.attach_host_name(typed=wanted.domain, at=wall())
    return created(host_name_row(name_id), location=f"/v1/host-names/{name_id}")


@router.get(
    "/host-names/{uuid:host_name_id}",
    response=HostNameOut,
    operation_id="getHostName",
    summary="Mostrar um endereço próprio",
)
@requires(may.READ)
def get_host_name(request: Request, host_name_id: UUID) -> Answer:
    """Um nome, com os registros de DNS que ele pede."""
    return Answer(host_name_row(host_name_id))


@router.post(
    "/host-names/{uuid:host_name_id}/verify",
    response={202: HostNameOut},
    operation_id="verifyHostName",
    summary="Conferir um endereço próprio",
)
@requires(may.WRITE)
@refusing(OVER)
def post_verify(request: Request, host_name_id: UUID) -> Answer:
    """Pergunta ao DNS agora, em vez de na próxima vez; a resposta aparece em `finding`."""
    services.look_again(name_id=host_name_id, at=wall())
    row = host_name_row(host_name_id)
    return accepted(row, location=f"/v1/host-names/{host_name_id}")


@router.post(
    "/host-names/{uuid:host_name_id}/primary",
    response=HostNameOut,
    operation_id="makeHostNamePrimary",
    summary="Usar um endereço próprio nos links",
)
@requires(may.WRITE)
@refusing((409, "host_name_not_proven"))
def post_primary(request: Request, host_name_id: UUID) -> Answer:
    """Os links de cartas e páginas começam por ele. Repetir não muda nada."""
    services.put_first(name_id=host_name_id, at=wall())
    return Answer(host_name_row(host_name_id))


@router.delete(
    "/host-names/{uuid:host_name_id}/primary",
    response=HostNameOut,
    operation_id="unmakeHostNamePrimary",
    summary="Tirar um endereço próprio dos links",
)
@requires(may.WRITE)
def delete_primary(request: Request, host_name_id: UUID) -> Answer:
    """Os links voltam a começar pelo endereço da plataforma, onde a empresa tem um."""
    services.put_back(name_id=host_name_id, at=wall())
    return Answer(host_name_row(host_name_id))


@router.delete(
    "/host-names/{uuid:host_name_id}",
    response=HostNameOut,
    operation_id="detachHostName",
    summary="Desligar um endereço próprio",
)
@requires(may.WRITE)
@refusing(OVER)
def delete_host_name(request: Request, host_name_id: UUID) -> Answer:
    """O nome deixa de levar à empresa já na próxima visita. Apague depois o CNAME."""
    services.detach_host_name(name_id=host_name_id, at=wall())
    return Answer(host_name_row(host_name_id))
