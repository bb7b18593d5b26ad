"""The endpoints about domains."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.dns import permissions as may
from alicerce.apps.dns import queries
from alicerce.apps.dns.types import RecordType, ZoneStatus
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.metadata import (
    MetadataChange,
    MetadataOut,
    asked_metadata,
    found_by_metadata,
)
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Domains"])


class DomainOut(Schema):
    """Um domínio com a zona de DNS de um serviço."""

    object: Literal["domain"]
    id: UUID
    domain: str = Field(examples=["padaria.com.br"])
    service_id: UUID
    status: ZoneStatus = Field(description="`active` quando o servidor de nomes confirmou.")
    nameservers: list[str]
    created_at: datetime
    confirmed_at: datetime | None
    metadata: MetadataOut


class DnsRecordOut(Schema):
    """Um registro de DNS que mantemos na zona."""

    name: str
    type: RecordType
    content: str
    ttl: int
    priority: int


class DomainDetailOut(DomainOut):
    """Um domínio e os registros que mantemos na sua zona."""

    records: list[DnsRecordOut]


class DomainListOut(ListOut):
    """Uma página de domínios."""

    data: list[DomainOut]


class DomainQuery(ListQuery):
    service_id: UUID | None = Field(None, description="Só deste serviço.")
    status: ZoneStatus | None = Field(None, description="Só neste estado.")


@router.get(
    "/domains", response=DomainListOut, operation_id="listDomains", summary="Listar domínios"
)
@requires(may.READ)
@found_by_metadata
def list_domains(request: Request, asked: Query[DomainQuery]) -> Answer:
    """Os domínios dos serviços, do mais novo para o mais antigo."""
    return Answer(
        queries.zone_rows(
            asked.window(),
            metadata=asked_metadata(request),
            service_id=asked.service_id,
            status=asked.status,
        )
    )


@router.get(
    "/domains/{uuid:domain_id}",
    response=DomainDetailOut,
    operation_id="getDomain",
    summary="Mostrar um domínio",
)
@requires(may.READ)
def get_domain(request: Request, domain_id: UUID) -> Answer:
    """Um domínio e os registros que mantemos na sua zona."""
    return Answer(queries.zone_record(domain_id))


@router.patch(
    "/domains/{uuid:domain_id}",
    response=DomainDetailOut,
    operation_id="updateDomain",
    summary="Anotar um domínio",
)
@requires(may.WRITE)
@refusing((422, "too_much_metadata"))
def patch_domain(request: Request, domain_id: UUID, wanted: MetadataChange) -> Answer:
    """Guarda em `metadata` o que os seus sistemas precisam lembrar.

    O nome e os registros são os que o serviço precisa, e seguem o servidor: ninguém os muda, por aqui nem nas
    páginas.
    """
    hold_metadata(kind=ThingKind.ZONE, thing_id=domain_id)
    require_match(request, queries.zone_record(domain_id))
    changes = given(wanted).get("metadata", {})
    change_metadata(kind=ThingKind.ZONE, thing_id=domain_id, changes=changes, at=now())
    return Answer(queries.zone_record(domain_id))
