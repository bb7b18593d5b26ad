"""The endpoints about issuers: as whom the company asks for money. People decide it; programs read it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.billing import permissions as may
from alicerce.apps.billing.queries.issuers import issuer_row, issuer_rows, standing
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer, Slice
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Invoices"])


class IssuerOut(Schema):
    """Em nome de quem a empresa fatura."""

    object: Literal["issuer"]
    id: UUID
    legal_name: str = Field(examples=["Nuvem Sul Hospedagem Ltda"])
    document: str = Field(
        description="CNPJ ou CPF, só os dígitos.", examples=["11222333000181"]
    )
    city_registration: str = Field(description="Inscrição municipal.")
    address: str
    city: str
    series: str = Field(
        description="A série das suas faturas, de mais ninguém.", examples=["SUL"]
    )
    next_number: int = Field(description="O número que a próxima fatura terá.", examples=[43])
    is_company: bool = Field(description="A própria empresa: sempre o primeiro.")
    is_default: bool = Field(description="Quem fatura os clientes sem emissor escolhido.")
    retired_at: datetime | None = Field(description="Desde quando não emite mais.")


class IssuerListOut(ListOut):
    """Os emissores da empresa."""

    data: list[IssuerOut]


@router.get(
    "/issuers", response=IssuerListOut, operation_id="listIssuers", summary="Listar emissores"
)
@requires(may.READ)
def list_issuers(request: Request, asked: Query[ListQuery]) -> Answer:
    """A própria empresa, e depois os outros na ordem em que vieram: são poucos, em uma página só."""
    return Answer(Slice(issuer_rows(), None))


@router.get(
    "/issuers/{uuid:issuer_id}",
    response=IssuerOut,
    operation_id="getIssuer",
    summary="Mostrar um emissor",
)
@requires(may.READ)
def get_issuer(request: Request, issuer_id: UUID) -> Answer:
    """Um emissor e até onde foi a sua numeração."""
    return Answer(issuer_row(standing(issuer_id)))
