"""Send again what was given up, or what a receiver lost; and send something to try."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.endpoints.errors import DeliveryStillOpen, EndpointIsDisabled
from alicerce.apps.endpoints.events import DeliveriesDue
from alicerce.apps.endpoints.models import Delivery, Endpoint, LoggedEvent
from alicerce.apps.endpoints.types import DeliveryStatus, Replayed
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

TEST = "endpoint.test"
MOST_AT_ONCE = 5000


@transaction()
def replay_delivery(*, delivery_id: UUID, at: datetime) -> None:
    """The same event under the same `webhook-id`, with all its attempts again.

    Raises Delivery.DoesNotExist, DeliveryStillOpen, EndpointIsDisabled.
    """
    found = Delivery.objects.get(pk=delivery_id)
    endpoint = _enabled(found.endpoint_id)
    delivery = Delivery.objects.lock(delivery_id)
    if not delivery.begin_again(at=at):
        raise DeliveryStillOpen
    _record("delivery", "replayed", delivery_id, at)
    publish(DeliveriesDue(at=at, endpoint_id=endpoint.id))


@transaction()
def replay_failed(*, endpoint_id: UUID, since: datetime, at: datetime) -> Replayed:
    """What was given up and whose event is of that moment or later: oldest first, so many at once.

    Raises Endpoint.DoesNotExist, EndpointIsDisabled.
    """
    endpoint = _enabled(endpoint_id)
    failed = Delivery.objects.filter(
        endpoint=endpoint, status=DeliveryStatus.FAILED, event__at__gte=since
    )
    some = list(failed.order_by("event_id").values_list("pk", flat=True)[:MOST_AT_ONCE])
    count = Delivery.objects.filter(pk__in=some).update(
        status=DeliveryStatus.PENDING, tries=0, next_at=at
    )
    if count:
        _record("endpoint", "replayed", endpoint_id, at)
        publish(DeliveriesDue(at=at, endpoint_id=endpoint_id))
    return Replayed(count, failed.count())


@transaction()
def send_test(*, endpoint_id: UUID, at: datetime) -> UUID:
    """An event of its own, for this endpoint alone; its delivery.

    Raises Endpoint.DoesNotExist, EndpointIsDisabled.
    """
    endpoint = _enabled(endpoint_id)
    event = LoggedEvent.objects.create(
        type=TEST,
        version=1,
        subject=endpoint_id,
        at=at,
        data={"endpoint_id": str(endpoint_id)},
    )
    delivery = Delivery.objects.create(
        endpoint=endpoint, event=event, subject=endpoint_id, next_at=at
    )
    publish(DeliveriesDue(at=at, endpoint_id=endpoint_id))
    return delivery.id


def _enabled(endpoint_id: UUID) -> Endpoint:
    endpoint: Endpoint = Endpoint.objects.lock(endpoint_id)
    if not endpoint.is_enabled:
        raise EndpointIsDisabled
    return endpoint


def _record(entity: str, what: str, entity_id: UUID, at: datetime) -> None:
    audit.record(action=f"{entity}.{what}", entity=entity, entity_id=entity_id, at=at)
