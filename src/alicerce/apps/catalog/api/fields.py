"""The endpoints about what a plan asks of its buyers."""

from uuid import UUID

from alicerce.apps.catalog import permissions as may
from alicerce.apps.catalog.api.field_schemas import FieldGoneOut, FieldIn, FieldOut
from alicerce.apps.catalog.queries import records
from alicerce.apps.catalog.services.save_field import add_field, retire_field
from alicerce.apps.catalog.types import FieldForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Plans"])

CLOSED = (409, "plan_retired")


@router.post(
    "/plans/{uuid:plan_id}/fields",
    response={201: FieldOut},
    operation_id="createPlanField",
    summary="Criar um campo de um plano",
)
@requires(may.WRITE)
@refusing(CLOSED, (422, "bad_field"))
def post_field(request: Request, plan_id: UUID, wanted: FieldIn) -> Answer:
    """Cria um campo, perguntado desde já a quem pede o plano."""
    given = wanted.dict()
    form = FieldForm(**{**given, "choices": tuple(given["choices"])})
    field_id = add_field(plan_id=plan_id, form=form, at=now())
    return created(records.field_record(field_id), location=f"/v1/plans/{plan_id}")


@router.post(
    "/plan-fields/{uuid:field_id}/retire",
    response=FieldGoneOut,
    operation_id="retirePlanField",
    summary="Deixar de perguntar um campo",
)
@requires(may.WRITE)
@refusing(CLOSED)
def post_retire_field(request: Request, field_id: UUID) -> Answer:
    """O campo deixa de ser perguntado; o que já foi respondido fica nos pedidos."""
    retire_field(field_id=field_id, at=now())
    return Answer({"object": "plan_field", "id": field_id, "deleted": True})
