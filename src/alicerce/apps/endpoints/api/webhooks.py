"""The endpoints about webhooks and their deliveries."""

from uuid import UUID

from ninja import Query

from alicerce.apps.endpoints import permissions as may
from alicerce.apps.endpoints.api.schemas import (
    DeletedOut,
    DeliveryDetailOut,
    DeliveryListOut,
    DeliveryOut,
    DeliveryQuery,
    ReplayIn,
    ReplayOut,
    WebhookChange,
    WebhookIn,
    WebhookListOut,
    WebhookOut,
    WebhookSecretOut,
)
from alicerce.apps.endpoints.queries import records
from alicerce.apps.endpoints.services.manage_endpoint import (
    create_endpoint,
    delete_endpoint,
    disable_endpoint,
    enable_endpoint,
    lock_endpoint,
    rotate_secret,
    update_endpoint,
)
from alicerce.apps.endpoints.services.replay import replay_delivery, replay_failed, send_test
from alicerce.apps.endpoints.types import EndpointForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.rest.answers import Answer, Row, accepted, created
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import ListQuery
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Webhooks"])

ADDRESS_REFUSED = (422, "address_not_allowed")
TYPE_REFUSED = (422, "unknown_event_type")


@router.get(
    "/webhooks",
    response=WebhookListOut,
    operation_id="listWebhooks",
    summary="Listar endereços de webhook",
)
@requires(may.READ)
def list_webhooks(request: Request, asked: Query[ListQuery]) -> Answer:
    """Os endereços da empresa."""
    return Answer(records.endpoint_rows(asked.window()))


@router.post(
    "/webhooks",
    response={201: WebhookSecretOut},
    operation_id="createWebhook",
    summary="Criar um endereço de webhook",
)
@requires(may.WRITE)
@refusing((409, "too_many_endpoints"), ADDRESS_REFUSED, TYPE_REFUSED)
def post_webhook(request: Request, wanted: WebhookIn) -> Answer:
    """Cria um endereço. O segredo vem só nesta resposta."""
    endpoint_id, secret = create_endpoint(form=_form(wanted.dict()), at=wall())
    row = records.endpoint_record(endpoint_id)
    return created({**row, "secret": secret}, location=f"/v1/webhooks/{endpoint_id}")


@router.get(
    "/webhooks/{uuid:endpoint_id}",
    response=WebhookOut,
    operation_id="getWebhook",
    summary="Mostrar um endereço de webhook",
)
@requires(may.READ)
def get_webhook(request: Request, endpoint_id: UUID) -> Answer:
    """Um endereço, com o ETag que uma alteração precisa informar."""
    return Answer(records.endpoint_record(endpoint_id))


@router.patch(
    "/webhooks/{uuid:endpoint_id}",
    response=WebhookOut,
    operation_id="updateWebhook",
    summary="Alterar um endereço de webhook",
)
@requires(may.WRITE)
@refusing(ADDRESS_REFUSED, TYPE_REFUSED)
def patch_webhook(request: Request, endpoint_id: UUID, wanted: WebhookChange) -> Answer:
    """Altera o que vier no corpo, se ninguém mudou o endereço desde a leitura (If-Match)."""
    lock_endpoint(endpoint_id=endpoint_id)
    before = records.endpoint_record(endpoint_id)
    require_match(request, before)
    changes = given(wanted)
    _switch(endpoint_id, changes.pop("enabled", None))
    update_endpoint(endpoint_id=endpoint_id, form=_form({**before, **changes}), at=wall())
    return Answer(records.endpoint_record(endpoint_id))


@router.delete(
    "/webhooks/{uuid:endpoint_id}",
    response=DeletedOut,
    operation_id="deleteWebhook",
    summary="Excluir um endereço de webhook",
)
@requires(may.WRITE)
def delete_webhook(request: Request, endpoint_id: UUID) -> Answer:
    """Exclui o endereço e as entregas dele; os eventos continuam no registro."""
    delete_endpoint(endpoint_id=endpoint_id, at=wall())
    return Answer({"object": "webhook", "id": endpoint_id, "deleted": True})


@router.post(
    "/webhooks/{uuid:endpoint_id}/secret",
    response=WebhookSecretOut,
    operation_id="rotateWebhookSecret",
    summary="Trocar o segredo",
)
@requires(may.WRITE)
def post_secret(request: Request, endpoint_id: UUID) -> Answer:
    """Um segredo novo. Por 24 horas as mensagens levam as duas assinaturas."""
    secret = rotate_secret(endpoint_id=endpoint_id, at=wall())
    return Answer({**records.endpoint_record(endpoint_id), "secret": secret})


@router.post(
    "/webhooks/{uuid:endpoint_id}/test",
    response={202: DeliveryOut},
    operation_id="testWebhook",
    summary="Enviar um evento de teste",
)
@requires(may.WRITE)
@refusing((409, "endpoint_is_disabled"))
def post_test(request: Request, endpoint_id: UUID) -> Answer:
    """Envia `endpoint.test` só para este endereço."""
    delivery_id = send_test(endpoint_id=endpoint_id, at=wall())
    return _accepted(delivery_id)


@router.post(
    "/webhooks/{uuid:endpoint_id}/replay",
    response={202: ReplayOut},
    operation_id="replayFailedDeliveries",
    summary="Reenviar o que falhou",
)
@requires(may.WRITE)
@refusing((409, "endpoint_is_disabled"))
def post_replay_failed(request: Request, endpoint_id: UUID, wanted: ReplayIn) -> Answer:
    """Reenvia as entregas em que se desistiu desde então, até 5.000 por pedido."""
    replayed = replay_failed(endpoint_id=endpoint_id, since=wanted.since, at=wall())
    row: Row = {
        "object": "replay",
        "endpoint_id": endpoint_id,
        "since": wanted.since,
        "count": replayed.count,
        "left": replayed.left,
    }
    return accepted(row, location=f"/v1/webhooks/{endpoint_id}/deliveries")


@router.get(
    "/webhooks/{uuid:endpoint_id}/deliveries",
    response=DeliveryListOut,
    operation_id="listDeliveries",
    summary="Listar entregas",
)
@requires(may.READ)
def list_deliveries(request: Request, endpoint_id: UUID, asked: Query[DeliveryQuery]) -> Answer:
    """As entregas de um endereço, das mais novas para as mais antigas."""
    return Answer(
        records.delivery_rows(asked.window(), endpoint_id=endpoint_id, status=asked.status)
    )


@router.get(
    "/deliveries/{uuid:delivery_id}",
    response=DeliveryDetailOut,
    operation_id="getDelivery",
    summary="Mostrar uma entrega",
)
@requires(may.READ)
def get_delivery(request: Request, delivery_id: UUID) -> Answer:
    """Uma entrega, como ela está, e o que foi respondido a cada tentativa."""
    return Answer(records.delivery_detail(delivery_id))


@router.post(
    "/deliveries/{uuid:delivery_id}/replay",
    response={202: DeliveryOut},
    operation_id="replayDelivery",
    summary="Reenviar uma entrega",
)
@requires(may.WRITE)
@refusing((409, "endpoint_is_disabled"), (409, "delivery_still_open"))
def post_replay(request: Request, delivery_id: UUID) -> Answer:
    """Envia de novo, com o mesmo `webhook-id` e todas as tentativas."""
    replay_delivery(delivery_id=delivery_id, at=wall())
    return _accepted(delivery_id)


def _form(wanted: Row) -> EndpointForm:
    return EndpointForm(
        url=wanted["url"],
        types=tuple(wanted["types"]),
        description=wanted["description"],
        is_ordered=wanted["is_ordered"],
    )


def _switch(endpoint_id: UUID, enabled: bool | None) -> None:  # noqa: FBT001
    if enabled is True:
        enable_endpoint(endpoint_id=endpoint_id, at=wall())
    if enabled is False:
        disable_endpoint(endpoint_id=endpoint_id, at=wall())


def _accepted(delivery_id: UUID) -> Answer:
    row = records.delivery_record(delivery_id)
    return accepted(row, location=f"/v1/deliveries/{delivery_id}")
