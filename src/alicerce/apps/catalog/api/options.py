"""The endpoints about the options of a plan."""

from uuid import UUID

from alicerce.apps.catalog import permissions as may
from alicerce.apps.catalog.api.schemas import OptionGoneOut, OptionIn, OptionOut
from alicerce.apps.catalog.queries import records
from alicerce.apps.catalog.services.save_option import add_option, retire_option
from alicerce.apps.catalog.types import ChoiceForm, OptionForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Plans"])

CLOSED = (409, "plan_retired")


@router.post(
    "/plans/{uuid:plan_id}/options",
    response={201: OptionOut},
    operation_id="createPlanOption",
    summary="Criar uma opção de um plano",
)
@requires(may.WRITE)
@refusing(CLOSED, (422, "bad_option"))
def post_option(request: Request, plan_id: UUID, wanted: OptionIn) -> Answer:
    """Cria uma opção, oferecida desde já com o plano, com preço por periodicidade."""
    option_id = add_option(plan_id=plan_id, form=_option_form(wanted), at=now())
    return created(records.option_record(option_id), location=f"/v1/plans/{plan_id}")


@router.post(
    "/plan-options/{uuid:option_id}/retire",
    response=OptionGoneOut,
    operation_id="retirePlanOption",
    summary="Deixar de oferecer uma opção",
)
@requires(may.WRITE)
@refusing(CLOSED)
def post_retire_option(request: Request, option_id: UUID) -> Answer:
    """A opção deixa de ser oferecida; quem a contratou continua com ela."""
    retire_option(option_id=option_id, at=now())
    return Answer({"object": "plan_option", "id": option_id, "deleted": True})


def _option_form(wanted: OptionIn) -> OptionForm:
    choices = tuple(
        ChoiceForm(
            choice.name,
            {each.cycle: Money(each.amount_cents, each.currency) for each in choice.prices},
            choice.adds,
        )
        for choice in wanted.choices
    )
    given = wanted.dict(exclude={"choices", "limit"})
    return OptionForm(**given, limit=str(wanted.limit), choices=choices)
