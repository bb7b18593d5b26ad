"""The endpoints about plans and what they cost."""

from dataclasses import replace
from uuid import UUID

from ninja import Query

from alicerce.apps.catalog import permissions as may
from alicerce.apps.catalog.api.schemas import (
    PlanChange,
    PlanDetailOut,
    PlanIn,
    PlanListOut,
    PlanQuery,
    PriceIn,
    PriceListOut,
    PriceVersionOut,
    ReasonIn,
)
from alicerce.apps.catalog.errors import PriceInForce
from alicerce.apps.catalog.queries import records
from alicerce.apps.catalog.services.change_plan import change_plan, open_plan, retire_plan
from alicerce.apps.catalog.services.change_prices import change_prices, retire_price
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.types import NewPrice, PlanForm, PlanStatus
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import ListQuery
from alicerce.kernel.rest.problems import InsufficientScope
from alicerce.kernel.rest.routing import ANY_KEY, Endpoints, refusing

router = Endpoints(tags=["Plans"])

CLOSED = (409, "plan_retired")
NO_REASON = (422, "reason_required")
BAD = (422, "bad_plan")


@router.get("/plans", response=PlanListOut, operation_id="listPlans", summary="Listar planos")
@requires(ANY_KEY)
def list_plans(request: Request, asked: Query[PlanQuery]) -> Answer:
    """Os planos à venda e os seus preços: um pedido de serviço escolhe um dos preços."""
    if asked.status != PlanStatus.FOR_SALE and may.READ not in request.permissions:
        raise InsufficientScope
    return Answer(records.plan_rows(asked.window(), status=asked.status))


@router.post(
    "/plans", response={201: PlanDetailOut}, operation_id="createPlan", summary="Criar um plano"
)
@requires(may.WRITE)
@refusing(BAD)
def post_plan(request: Request, wanted: PlanIn) -> Answer:
    """Cria um plano. Ele está à venda quando tem um preço: `POST /v1/plans/{id}/prices`."""
    plan_id = create_plan(form=PlanForm(**_plain(wanted.dict())), at=now())
    return created(records.plan_record(plan_id), location=f"/v1/plans/{plan_id}")


@router.get(
    "/plans/{uuid:plan_id}",
    response=PlanDetailOut,
    operation_id="getPlan",
    summary="Mostrar um plano",
)
@requires(may.READ)
def get_plan(request: Request, plan_id: UUID) -> Answer:
    """Um plano, esteja ou não à venda, com o ETag que uma alteração precisa informar."""
    return Answer(records.plan_record(plan_id))


@router.patch(
    "/plans/{uuid:plan_id}",
    response=PlanDetailOut,
    operation_id="updatePlan",
    summary="Alterar um plano",
)
@requires(may.WRITE)
@refusing(CLOSED, BAD)
def patch_plan(request: Request, plan_id: UUID, wanted: PlanChange) -> Answer:
    """Altera o que vier no corpo, se ninguém mudou o plano desde a leitura (If-Match)."""
    plan = open_plan(plan_id=plan_id)
    require_match(request, records.plan_record(plan_id))
    given = wanted.dict(exclude_unset=True)
    kept = {
        name: value for name, value in given.items() if value is not None or name == "stock"
    }
    change_plan(plan_id=plan_id, form=replace(plan.written(), **_plain(kept)), at=now())
    return Answer(records.plan_record(plan_id))


@router.post(
    "/plans/{uuid:plan_id}/retire",
    response=PlanDetailOut,
    operation_id="retirePlan",
    summary="Tirar um plano de venda",
)
@requires(may.WRITE)
def post_retire(request: Request, plan_id: UUID) -> Answer:
    """O plano sai de venda de vez; quem o tem continua com ele. Repetir não muda nada."""
    retire_plan(plan_id=plan_id, at=now())
    return Answer(records.plan_record(plan_id))


@router.get(
    "/plans/{uuid:plan_id}/prices",
    response=PriceListOut,
    operation_id="listPrices",
    summary="Listar os preços de um plano",
)
@requires(may.READ)
def list_prices(request: Request, plan_id: UUID, asked: Query[ListQuery]) -> Answer:
    """Os preços em vigor e os de antes: o que foi vendido aponta para o preço da venda."""
    return Answer(records.price_rows(asked.window(), plan_id=plan_id))


@router.post(
    "/plans/{uuid:plan_id}/prices",
    response={201: PriceVersionOut},
    operation_id="createPrice",
    summary="Mudar um preço",
)
@requires(may.WRITE)
@refusing(CLOSED, NO_REASON, BAD, (409, "price_in_force"))
def post_price(request: Request, plan_id: UUID, wanted: PriceIn) -> Answer:
    """Põe um preço em vigor e encerra o que valia. O que já foi vendido não muda."""
    currency = wanted.currency
    new = NewPrice(
        Money(wanted.amount_cents, currency),
        Money(wanted.setup_cents, currency),
        wanted.trial_days,
        wanted.trial_card,
    )
    made = change_prices(
        plan_id=plan_id, wanted={wanted.cycle: new}, reason=wanted.reason, at=now()
    )
    if not made:
        raise PriceInForce
    return created(records.price_record(made[0]), location=f"/v1/plans/{plan_id}/prices")


@router.post(
    "/prices/{uuid:price_id}/retire",
    response=PriceVersionOut,
    operation_id="retirePrice",
    summary="Encerrar um preço",
)
@requires(may.WRITE)
@refusing(CLOSED, NO_REASON)
def post_retire_price(request: Request, price_id: UUID, wanted: ReasonIn) -> Answer:
    """O plano deixa de ser vendido nesta periodicidade. Repetir não muda nada."""
    retire_price(price_id=price_id, reason=wanted.reason, at=now())
    return Answer(records.price_record(price_id))


def _plain(given: Row) -> Row:
    """As a plan is written down: tuples, ids as text, and limits by their plain names."""
    if "features" in given:
        given["features"] = tuple(given["features"])
    if "goes_with" in given:
        given["goes_with"] = tuple(map(str, given["goes_with"]))
    if "limits" in given:
        given["limits"] = {key.value: amount for key, amount in given["limits"].items()}
    return given
