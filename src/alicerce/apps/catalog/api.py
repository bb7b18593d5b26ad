"""The endpoint about what is for sale."""

from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.catalog import queries
from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import ANY_KEY, Endpoints

router = Endpoints(tags=["Plans"])


class PriceOut(Schema):
    """Quanto custa um plano, e de quanto em quanto tempo."""

    object: Literal["price"]
    id: UUID
    cycle: Cycle
    amount_cents: int = Field(examples=[4990])
    currency: str = Field(examples=["BRL"])


class PlanOut(Schema):
    """Um plano à venda."""

    object: Literal["plan"]
    id: UUID
    name: str = Field(examples=["Pro"])
    summary: str
    features: list[str]
    product_name: str = Field(examples=["Hospedagem"])
    product_kind: str = Field(examples=["hosting.account"])
    prices: list[PriceOut]


class PlanListOut(ListOut):
    """Uma página de planos."""

    data: list[PlanOut]


@router.get("/plans", response=PlanListOut, operation_id="listPlans", summary="Listar planos")
@requires(ANY_KEY)
def list_plans(request: Request, asked: Query[ListQuery]) -> Answer:
    """Os planos à venda e os seus preços: um pedido de serviço escolhe um dos preços."""
    return Answer(queries.plan_rows(asked.window()))
