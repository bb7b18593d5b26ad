"""Send what is due to an endpoint: claim and sign, call, write down how it went.

Deliveries are rows; a job only wakes whoever sends (docs/decisions/0029). A process that dies
between sending and writing leaves rows that are due again a minute later, under the same
`webhook-id`: receivers know them by it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.endpoints.events import DeliveriesDue
from alicerce.apps.endpoints.models import SIDE_BY_SIDE, Delivery, Endpoint
from alicerce.apps.endpoints.rules import signing
from alicerce.apps.endpoints.rules.catalog import body_of
from alicerce.apps.endpoints.services.record_outcome import record_outcome
from alicerce.apps.endpoints.types import Outcome, Parcel
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel import safe_http
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal, Unavailable, Unknown

TURN = timedelta(seconds=20)
ANSWER_KEPT = 1024

Clock = Callable[[], datetime]


def deliver_due(*, endpoint_id: UUID, clock: Clock) -> None:
    """Send until nothing is due or others deserve their turn."""
    began = clock()
    while parcels := claim(endpoint_id=endpoint_id, at=clock()):
        for parcel, outcome in zip(parcels, send_all(parcels=parcels), strict=True):
            record_outcome(parcel=parcel, outcome=outcome, at=clock())
        if clock() - began > TURN:
            step_back(endpoint_id=endpoint_id, at=clock())
            return


@transaction()
def claim(*, endpoint_id: UUID, at: datetime) -> list[Parcel]:
    """What may leave now, signed. When nothing may, an alarm is set for when something will."""
    endpoint = Endpoint.objects.lock_if_there(endpoint_id)
    if endpoint is None or not tenancy.is_open(current_tenant_id()):
        return []
    parcels = [_pack(endpoint, delivery, at) for delivery in _due(endpoint, at)]
    if not parcels:
        _set_alarm(endpoint, at)
    return parcels


def send_all(*, parcels: Sequence[Parcel]) -> list[Outcome]:
    """Side by side: threads that only talk to the network."""
    with ThreadPoolExecutor(SIDE_BY_SIDE, "webhook") as threads:
        return list(threads.map(lambda parcel: send(parcel=parcel), parcels))


def send(*, parcel: Parcel) -> Outcome:
    try:
        answer = safe_http.call(safe_http.Call("POST", parcel.url, parcel.headers, parcel.body))
    except (Refusal, Unavailable, Unknown) as trouble:
        return Outcome(None, error=str(trouble))
    return Outcome(
        answer.status,
        answer=_legible(answer.body[:ANSWER_KEPT]),
        milliseconds=answer.milliseconds,
        retry_after=answer.headers.get("retry-after", ""),
    )


@transaction()
def step_back(*, endpoint_id: UUID, at: datetime) -> None:
    """To the end of the queue."""
    publish(DeliveriesDue(at=at, endpoint_id=endpoint_id))


def _due(endpoint: Endpoint, at: datetime) -> list[Delivery]:
    sending = Delivery.objects.sending(endpoint, at=at).count()
    room = endpoint.room(sending=sending, at=at)
    return list(Delivery.objects.due(endpoint, at=at).select_related("event")[:room])


def _pack(endpoint: Endpoint, delivery: Delivery, at: datetime) -> Parcel:
    delivery.leave(at=at)
    event = delivery.event
    body = body_of(kind=event.type, version=event.version, at=event.at, data=event.data)
    return Parcel(
        delivery_id=delivery.id,
        endpoint_id=endpoint.id,
        number=delivery.attempts,
        url=endpoint.url,
        headers=signing.headers(
            endpoint.secrets(at=at), message_id=str(event.id), at=at, body=body
        ),
        body=body,
    )


def _set_alarm(endpoint: Endpoint, at: datetime) -> None:
    """For the next that becomes due; while it rests, for the end of that if anything waits."""
    rests_until = endpoint.rests_until or at
    waiting = Delivery.objects.open().filter(endpoint=endpoint)
    if rests_until <= at:
        waiting = waiting.filter(next_at__gt=at)
    earliest = waiting.order_by("next_at").values_list("next_at", flat=True).first()
    if earliest is None or not endpoint.is_enabled:
        return
    when = max(earliest, rests_until)
    if endpoint.wake(when, at=at):
        publish(DeliveriesDue(at=at, endpoint_id=endpoint.id), delay=when - at)


def _legible(answer: bytes) -> str:
    return answer.decode(errors="replace").replace("\0", "\ufffd")
