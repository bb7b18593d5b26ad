"""The endpoints about services: order one, watch it come to life, give it more domains."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import model_validator

from alicerce.apps.dns import public as dns
from alicerce.apps.dns.types import ZoneStatus
from alicerce.apps.hosting import permissions as may
from alicerce.apps.hosting.queries import records
from alicerce.apps.hosting.services.continue_provisioning import (
    continue_provisioning,
    provision_order,
)
from alicerce.apps.hosting.services.operations.hold_back import (
    resume_service,
    suspend_service,
)
from alicerce.apps.hosting.services.request_zone import request_zone
from alicerce.apps.hosting.types import Cause, RunStatus, ServiceStatus, StepKind
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.fields import Domain
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.metadata import (
    MetadataChange,
    MetadataOut,
    asked_metadata,
    found_by_metadata,
)
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Services"])


class ServiceOut(Schema):
    """Uma conta de hospedagem."""

    object: Literal["service"]
    id: UUID
    customer_id: UUID
    order_line_id: UUID
    domain: str = Field(examples=["padaria.com.br"])
    plan_name: str = Field(examples=["Pro"])
    username: str = Field(description="O usuário no painel; vazio até ser reservado.")
    status: ServiceStatus
    nameservers: list[str]
    created_at: datetime
    activated_at: datetime | None
    suspended_since: datetime | None = Field(
        description="Desde quando o servidor mostra a conta suspensa; nulo se não está."
    )
    suspension_cause: Cause | None = Field(
        description="A causa mais grave que a mantém suspensa, ou que a suspenderá em instantes."
    )
    removal_due_at: datetime | None = Field(
        description="O dia a partir do qual a conta pode ser removida, se há remoção prevista."
    )
    terminated_at: datetime | None
    metadata: MetadataOut


class ServiceListOut(ListOut):
    """Uma página de serviços."""

    data: list[ServiceOut]


class ServiceQuery(ListQuery):
    status: ServiceStatus | None = Field(None, description="Só neste estado.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
    order_line_id: UUID | None = Field(None, description="Só o desta linha de pedido.")
    domain: str | None = Field(None, max_length=253, description="Só deste domínio.")


class StepOut(Schema):
    """Um passo da ativação."""

    kind: StepKind
    state: Literal["todo", "now", "wait", "done", "fail"]
    attempts: int
    started_at: datetime | None
    finished_at: datetime | None


class ProvisioningOut(Schema):
    """A ativação de um serviço, passo a passo."""

    object: Literal["provisioning"]
    id: UUID
    service_id: UUID
    status: RunStatus
    round: int = Field(description="Quantas vezes foi retomada, contando a primeira.")
    error: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    steps: list[StepOut]


class ProvisionIn(Input):
    """O que ativar: um serviço, ou o que um pedido comprou. Informe um dos dois."""

    service_id: UUID | None = None
    order_id: UUID | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.service_id is None) == (self.order_id is None):
            raise ValueError("service_id or order_id")
        return self


class SuspendIn(Input):
    """Por que suspender. O motivo fica entre a equipe: não vai ao servidor nem ao cliente."""

    cause: Literal["staff", "abuse"] = "staff"
    reason: str = Field(min_length=1, max_length=500, examples=["Envio de spam"])


class ResumeIn(Input):
    """Por que reativar."""

    reason: str = Field(min_length=1, max_length=500, examples=["Formulário corrigido"])


class RequestedDomainOut(Schema):
    """Um domínio pedido: consulte-o até que fique `active`."""

    object: Literal["domain"]
    id: UUID
    domain: str = Field(examples=["padaria.com.br"])
    service_id: UUID
    status: ZoneStatus
    nameservers: list[str]


class DomainIn(Input):
    """Um domínio a mais para um serviço ativo."""

    service_id: UUID
    domain: Domain


@router.get(
    "/services",
    response=ServiceListOut,
    operation_id="listServices",
    summary="Listar serviços",
)
@requires(may.READ)
@expanding("customer", "order", "order.customer", "order.invoice")
@found_by_metadata
def list_services(request: Request, asked: Query[ServiceQuery]) -> Answer:
    """As contas de hospedagem, da mais nova para a mais antiga."""
    rows = records.service_rows(
        asked.window(),
        status=asked.status,
        customer_id=asked.customer_id,
        line_id=asked.order_line_id,
        domain=asked.domain,
        metadata=asked_metadata(request),
    )
    return Answer(rows)


@router.get(
    "/services/{uuid:service_id}",
    response=ServiceOut,
    operation_id="getService",
    summary="Mostrar um serviço",
)
@requires(may.READ)
@expanding("customer", "order", "order.customer", "order.invoice")
def get_service(request: Request, service_id: UUID) -> Answer:
    """Uma conta de hospedagem."""
    return Answer(records.service_record(service_id))


@router.patch(
    "/services/{uuid:service_id}",
    response=ServiceOut,
    operation_id="updateService",
    summary="Anotar um serviço",
)
@requires(may.ANNOTATE)
@refusing((422, "too_much_metadata"))
@expanding("customer", "order", "order.customer", "order.invoice")
def patch_service(request: Request, service_id: UUID, wanted: MetadataChange) -> Answer:
    """Guarda em `metadata` o que os seus sistemas precisam lembrar.

    O resto tem operação própria, porque o servidor precisa confirmar: `suspend`, `resume`,
    `schedule-removal`, `cancel-removal`, `provision` e, para trocar de plano, a da assinatura.
    """
    hold_metadata(kind=ThingKind.SERVICE, thing_id=service_id)
    require_match(request, records.service_record(service_id))
    changes = given(wanted).get("metadata", {})
    change_metadata(kind=ThingKind.SERVICE, thing_id=service_id, changes=changes, at=now())
    return Answer(records.service_record(service_id))


@router.get(
    "/services/{uuid:service_id}/provisioning",
    response=ProvisioningOut,
    operation_id="getProvisioning",
    summary="Acompanhar a ativação",
)
@requires(may.READ)
def get_provisioning(request: Request, service_id: UUID) -> Answer:
    """A ativação mais recente de um serviço, passo a passo."""
    return Answer(records.run_record(service_id))


@router.post(
    "/provision",
    response={202: ProvisioningOut},
    operation_id="provision",
    summary="Ativar, ou retomar uma ativação",
)
@requires(may.OPERATE)
@refusing((404, "no_such_service"), (404, "no_such_order"), (409, "order_unpaid"))
def provision(request: Request, wanted: ProvisionIn) -> Answer:
    """Retoma de onde parou; o que já foi feito não se repete. Uma ativação em curso segue como está."""
    if wanted.order_id is not None:
        service_id = provision_order(order_id=wanted.order_id, at=now())
    else:
        assert wanted.service_id is not None
        service_id = wanted.service_id
        continue_provisioning(service_id=service_id, at=now())
    location = f"/v1/services/{service_id}/provisioning"
    return accepted(records.run_record(service_id), location=location)


@router.post(
    "/services/{uuid:service_id}/suspend",
    response={202: ServiceOut},
    operation_id="suspendService",
    summary="Suspender um serviço",
)
@requires(may.OPERATE)
@refusing((404, "no_such_service"), (409, "service_is_over"))
def suspend(request: Request, service_id: UUID, wanted: SuspendIn) -> Answer:
    """Pede ao servidor que suspenda a conta inteira. Um pagamento não desfaz esta suspensão.

    O estado muda quando o servidor confirma: acompanhe pelo serviço ou pelo evento
    `service.suspended`. Repetir não faz nada.
    """
    suspend_service(
        service_id=service_id, cause=Cause(wanted.cause), reason=wanted.reason, at=now()
    )
    return accepted(records.service_record(service_id), location=f"/v1/services/{service_id}")


@router.post(
    "/services/{uuid:service_id}/resume",
    response={202: ServiceOut},
    operation_id="resumeService",
    summary="Reativar um serviço",
)
@requires(may.OPERATE)
@refusing((404, "no_such_service"), (409, "service_is_over"), (409, "service_not_suspended"))
def resume(request: Request, service_id: UUID, wanted: ResumeIn) -> Answer:
    """Levanta todas as causas da suspensão, também a falta de pagamento, e desmarca a remoção.

    O estado muda quando o servidor confirma: acompanhe pelo serviço ou pelo evento
    `service.resumed`.
    """
    resume_service(service_id=service_id, reason=wanted.reason, at=now())
    return accepted(records.service_record(service_id), location=f"/v1/services/{service_id}")


@router.post(
    "/domains",
    response={202: RequestedDomainOut},
    operation_id="createDomain",
    summary="Acrescentar um domínio",
    tags=["Domains"],
)
@requires("dns:write")
@refusing((404, "no_such_service"), (409, "service_not_active"), (409, "plan_limit_reached"))
def create_domain(request: Request, wanted: DomainIn) -> Answer:
    """Cria a zona de DNS no servidor do serviço, com os registros do site. Repetir não duplica."""
    zone_id = request_zone(service_id=wanted.service_id, domain=wanted.domain, at=now())
    found = dns.zone_record(zone_id)
    row = {name: found[name] for name in RequestedDomainOut.model_fields}
    return accepted(row, location=f"/v1/domains/{zone_id}")
