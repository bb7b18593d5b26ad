"""The endpoints about the end of a service: a day is set for it, or taken back. People remove."""

from uuid import UUID

from alicerce.apps.hosting import permissions as may
from alicerce.apps.hosting.api.services import ServiceOut
from alicerce.apps.hosting.queries import records
from alicerce.apps.hosting.services.operations.remove import call_off_removal, plan_removal
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Services"])


@router.post(
    "/services/{uuid:service_id}/schedule-removal",
    response=ServiceOut,
    operation_id="scheduleServiceRemoval",
    summary="Marcar a remoção de um serviço",
)
@requires(may.OPERATE)
@refusing((404, "no_such_service"), (409, "service_is_over"), (409, "service_not_suspended"))
def schedule_removal(request: Request, service_id: UUID) -> Answer:
    """Marca o dia a partir do qual um serviço suspenso pode ser removido, e avisa o cliente.

    A remoção em si é confirmada por uma pessoa, nas páginas. Repetir não muda o dia.
    """
    plan_removal(service_id=service_id, at=now())
    return Answer(records.service_record(service_id))


@router.post(
    "/services/{uuid:service_id}/cancel-removal",
    response=ServiceOut,
    operation_id="cancelServiceRemoval",
    summary="Desmarcar a remoção de um serviço",
)
@requires(may.OPERATE)
@refusing((404, "no_such_service"), (409, "service_is_over"), (409, "no_removal_planned"))
def cancel_removal(request: Request, service_id: UUID) -> Answer:
    """O serviço continua suspenso, sem dia para ser removido."""
    call_off_removal(service_id=service_id, at=now())
    return Answer(records.service_record(service_id))
