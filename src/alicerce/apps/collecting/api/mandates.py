"""The endpoints about authorisations of Pix Automático."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.collecting import permissions as may
from alicerce.apps.collecting.api.of_customers import TAGS, OfCustomerQuery, listed
from alicerce.apps.collecting.queries import records
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.revoke_mandate import revoke_mandate
from alicerce.apps.collecting.types import (
    AppStep,
    EndedBy,
    Journey,
    MandateLimit,
    MandateStatus,
    PayerBank,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.listing import ListOut
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=TAGS)
MOST = 100_000_000


class MandateOut(Schema):
    """O que um cliente autorizou o banco dele a debitar."""

    object: Literal["mandate"]
    id: UUID
    type: Literal["pix_automatic"]
    customer_id: UUID
    status: MandateStatus
    journey: Journey = Field(
        description="Como o cliente é perguntado: pelo banco (`app`), ou por um código, que só autoriza "
        "(`alone`) ou paga também."
    )
    fixed_cents: int | None = Field(
        description="O valor de cada débito, quando é sempre o mesmo."
    )
    most_cents: int | None = Field(description="O maior valor de um débito.")
    currency: str = Field(examples=["BRL"])
    asked_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    ended_by: EndedBy | None = Field(description="Quem encerrou; nulo enquanto vale.")
    reason: str | None = Field(description="O código do banco, quando foi ele.")
    bank: str | None = Field(
        description="O ISPB do banco que mostra o pedido ao cliente; nulo quando ele lê um código."
    )
    step: AppStep | None = Field(
        description="Até onde o pedido chegou no banco; nulo enquanto não foi enviado, ou sem pedido."
    )
    answer_until: datetime | None = Field(description="Até quando o cliente responde no banco.")


class MandateListOut(ListOut):
    """Uma página de autorizações."""

    data: list[MandateOut]


@router.get(
    "/mandates",
    response=MandateListOut,
    operation_id="listMandates",
    summary="Listar autorizações de Pix Automático",
)
@requires("billing:read")
@expanding("customer")
def list_mandates(request: Request, asked: Query[OfCustomerQuery]) -> Answer:
    """As autorizações, da mais nova para a mais antiga."""
    return listed(records.mandate_rows, asked)


@router.get(
    "/mandates/{uuid:mandate_id}",
    response=MandateOut,
    operation_id="getMandate",
    summary="Mostrar uma autorização de Pix Automático",
)
@requires("billing:read")
@expanding("customer")
@refusing((404, "no_such_mandate"))
def get_mandate(request: Request, mandate_id: UUID) -> Answer:
    """Uma autorização, pelo seu id."""
    return Answer(records.mandate_record(mandate_id))


class MandateIn(Input):
    """A conta que vai pagar, e quanto pode ser debitado. O titular é o cliente."""

    customer_id: UUID
    most_cents: int = Field(gt=0, le=MOST, description="O maior valor de um débito.")
    bank: str = Field(
        pattern=r"^[0-9A-Z]{8}$", description="O ISPB do banco.", examples=["18236120"]
    )
    branch: str = Field(
        "", pattern=r"^\d{0,4}$", description="A agência, sem dígito.", examples=["0001"]
    )
    account: str = Field(
        pattern=r"^[0-9A-Za-z]{1,20}$",
        description="A conta, com dígito e sem traço.",
        examples=["1234567"],
    )
    days: int = Field(7, ge=1, le=30, description="Em quantos dias o cliente responde.")


@router.post(
    "/mandates",
    response={202: MandateOut},
    operation_id="createMandate",
    summary="Pedir uma autorização no aplicativo do banco",
)
@requires(may.ASK)
@refusing(
    (404, "no_such_customer"),
    (409, "already_authorized"),
    (409, "already_requested"),
    (422, "automatic_not_offered"),
    (429, "asked_too_often"),
)
def create_mandate(request: Request, wanted: MandateIn) -> Answer:
    """O banco do cliente mostra o pedido, e ele aceita ou recusa lá. O resultado chega por evento."""
    at = now()
    until = at + timedelta(days=wanted.days)
    mandate_id = ask_mandate(
        customer_id=wanted.customer_id,
        limit=MandateLimit(most_cents=wanted.most_cents),
        in_app=PayerBank(wanted.bank, wanted.branch, wanted.account, until),
        at=at,
    )
    return accepted(records.mandate_record(mandate_id), location=f"/v1/mandates/{mandate_id}")


@router.post(
    "/mandates/{uuid:mandate_id}/revoke",
    response={202: MandateOut},
    operation_id="revokeMandate",
    summary="Encerrar uma autorização de Pix Automático",
)
@requires(may.REVOKE)
@refusing((404, "no_such_mandate"))
def revoke(request: Request, mandate_id: UUID) -> Answer:
    """Nada mais é debitado por ela. O banco é avisado em seguida; o cliente recebe um e-mail."""
    revoke_mandate(mandate_id=mandate_id, by=EndedBy.COMPANY, at=now())
    return accepted(records.mandate_record(mandate_id), location=f"/v1/mandates/{mandate_id}")
