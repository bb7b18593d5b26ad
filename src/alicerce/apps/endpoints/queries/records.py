"""Endpoints, deliveries and events as the API tells them."""

from dataclasses import replace
from uuid import UUID

from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint, LoggedEvent
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

ENDPOINT = ("id", "url", "description", "types", "is_ordered", "disabled", "created_at")
EVENT = ("id", "type", "version", "at", "data")
DELIVERY = (
    "id", "endpoint_id", "event_id", "event__type", "status", "attempts", "next_at", "answered",
    "error", "delivered_at", "created_at",
)  # fmt: skip
ATTEMPT = ("number", "at", "status", "milliseconds", "error", "answer")


def endpoint_rows(window: Window) -> Slice:
    return _told("webhook", slice_of(Endpoint.objects.all(), window, *ENDPOINT))


def endpoint_record(endpoint_id: UUID) -> Row:
    """Raises Endpoint.DoesNotExist."""
    return {"object": "webhook", **Endpoint.objects.values(*ENDPOINT).get(pk=endpoint_id)}


def event_rows(window: Window, *, kind: str | None) -> Slice:
    rows = LoggedEvent.objects.filter(type=kind) if kind else LoggedEvent.objects.all()
    if not window.descends:
        rows = rows.exclude(position=None)
    found = slice_of(rows, window, *EVENT, "position")
    told = [{name: row[name] for name in EVENT} for row in found.rows]
    return _told("event", replace(found, rows=told))


def event_record(event_id: UUID) -> Row:
    """Raises LoggedEvent.DoesNotExist."""
    return {"object": "event", **LoggedEvent.objects.values(*EVENT).get(pk=event_id)}


def delivery_rows(window: Window, *, endpoint_id: UUID, status: str | None) -> Slice:
    """Raises Endpoint.DoesNotExist."""
    rows = Delivery.objects.filter(endpoint=Endpoint.objects.get(pk=endpoint_id))
    if status:
        rows = rows.filter(status=status)
    found = slice_of(rows, window, *DELIVERY)
    return Slice([_delivery(row) for row in found.rows], found.next_cursor)


def delivery_record(delivery_id: UUID) -> Row:
    """Raises Delivery.DoesNotExist."""
    there = Delivery.objects.filter(endpoint__deleted_at=None)
    return _delivery(there.values(*DELIVERY).get(pk=delivery_id))


def delivery_detail(delivery_id: UUID) -> Row:
    """With what became of each attempt, the latest first. Raises Delivery.DoesNotExist."""
    tried = Attempt.objects.filter(delivery_id=delivery_id).order_by("-number")
    return {**delivery_record(delivery_id), "history": list(tried.values(*ATTEMPT))}


def _delivery(row: Row) -> Row:
    known = {name: value for name, value in row.items() if name != "event__type"}
    return {"object": "delivery", **known, "type": row["event__type"]}


def _told(name: str, found: Slice) -> Slice:
    return replace(found, rows=[{"object": name, **row} for row in found.rows])
