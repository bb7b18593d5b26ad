"""The endpoints about the log of events."""

from uuid import UUID

from ninja import Query

from alicerce.apps.endpoints import permissions as may
from alicerce.apps.endpoints.api.schemas import (
    EventListOut,
    EventOut,
    EventQuery,
    EventTypeListOut,
)
from alicerce.apps.endpoints.queries import records
from alicerce.apps.endpoints.rules.catalog import offered
from alicerce.apps.endpoints.services.number_events import number_events
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer, Row, Slice
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Events"])


@router.get(
    "/events",
    response=EventListOut,
    operation_id="listEvents",
    summary="Listar eventos",
)
@requires(may.READ_EVENTS)
def list_events(request: Request, asked: Query[EventQuery]) -> Answer:
    """O que aconteceu nos últimos 30 dias, do mais novo para o mais antigo.

    Para acompanhar sem webhooks, peça `sort=created_at` e volte sempre com o último `next_cursor`.
    """
    window = asked.window()
    if not window.descends:
        number_events()
    return Answer(records.event_rows(window, kind=asked.type))


@router.get(
    "/events/{uuid:event_id}",
    response=EventOut,
    operation_id="getEvent",
    summary="Mostrar um evento",
)
@requires(may.READ_EVENTS)
def get_event(request: Request, event_id: UUID) -> Answer:
    """Um evento, como foi contado aos endereços."""
    return Answer(records.event_record(event_id))


@router.get(
    "/event-types",
    response=EventTypeListOut,
    operation_id="listEventTypes",
    summary="Listar tipos de evento",
)
@requires(may.READ_EVENTS)
def list_event_types(request: Request) -> Answer:
    """Todos os eventos que existem, com um exemplo de cada."""
    rows: list[Row] = [
        {
            "object": "event_type",
            "type": event.type,
            "version": event.version,
            "description": event.description,
            "sample": event.example,
        }
        for event in offered()
    ]
    return Answer(Slice(rows, None))
