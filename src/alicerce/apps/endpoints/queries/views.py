"""Endpoints, deliveries and events as pages show them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min

from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint, LoggedEvent
from alicerce.apps.endpoints.types import (
    OPEN,
    AttemptView,
    DeliveryStatus,
    DeliveryView,
    DisabledReason,
    EndpointView,
    Health,
    LoggedEventView,
)
from alicerce.kernel.db import as_operator, transaction

PAGE = 50
LATEST = 100
OVERDUE = timedelta(seconds=30)


@transaction()
def endpoints() -> list[EndpointView]:
    return [_endpoint(row) for row in Endpoint.objects.order_by("id")]


@transaction()
def endpoint(endpoint_id: UUID) -> EndpointView | None:
    found = Endpoint.objects.filter(pk=endpoint_id).first()
    return _endpoint(found) if found else None


@transaction()
def health(endpoint_id: UUID) -> Health:
    """Of the latest deliveries; one that waits after a failure has failed so far."""
    rows = Delivery.objects.filter(endpoint_id=endpoint_id)
    latest = rows.order_by("-event_id").values_list("status", "attempts", "error", "answered")
    states = [_state(*row) for row in latest[:LATEST]]
    return Health(
        delivered=states.count("delivered"),
        failed=states.count("failed"),
        open=rows.filter(status__in=OPEN).count(),
        next_at=rows.filter(status__in=OPEN).aggregate(next=Min("next_at"))["next"],
    )


def _state(status: str, attempts: int, error: str, answered: int | None) -> str:
    has_failed = attempts > 0 and bool(error or answered)
    return "failed" if status in OPEN and has_failed else status


@transaction()
def deliveries(
    endpoint_id: UUID,
    *,
    status: str = "",
    kind: str = "",
    before: UUID | None = None,
    limit: int = PAGE,
) -> list[DeliveryView]:
    """Of the latest events first; the next page begins before the last event's id."""
    found = Delivery.objects.filter(endpoint_id=endpoint_id).select_related("event")
    if status in set(DeliveryStatus):
        found = found.filter(status=status)
    if kind:
        found = found.filter(event__type=kind)
    if before:
        found = found.filter(event_id__lt=before)
    return [_delivery(row) for row in found.order_by("-event_id")[:limit]]


@transaction()
def delivery(delivery_id: UUID) -> DeliveryView | None:
    found = Delivery.objects.filter(pk=delivery_id).select_related("event").first()
    return _delivery(found) if found else None


@transaction()
def attempts(delivery_id: UUID) -> list[AttemptView]:
    return [
        AttemptView(
            number=row.number,
            at=row.at,
            url=row.url,
            headers=row.headers,
            status=row.status,
            error=row.error,
            answer=row.answer,
            milliseconds=row.milliseconds,
        )
        for row in Attempt.objects.filter(delivery_id=delivery_id).order_by("-number")
    ]


@transaction()
def logged_events(
    *, kind: str = "", before: UUID | None = None, limit: int = PAGE
) -> list[LoggedEventView]:
    """What happened in the current tenant, newest first."""
    found = LoggedEvent.objects.filter(id__lt=before) if before else LoggedEvent.objects.all()
    if kind:
        found = found.filter(type=kind)
    return [_event(row) for row in found.order_by("-id")[:limit]]


@transaction()
def logged_event(event_id: UUID) -> LoggedEventView | None:
    found = LoggedEvent.objects.filter(pk=event_id).first()
    return _event(found) if found else None


def overdue_endpoints(*, at: datetime) -> list[tuple[UUID, UUID]]:
    """Tenants and their endpoints for which something has been due for a while."""
    with as_operator():
        overdue = Delivery.objects.filter(status__in=OPEN, next_at__lt=at - OVERDUE)
        return list(overdue.values_list("tenant_id", "endpoint_id").distinct())


def _endpoint(row: Endpoint) -> EndpointView:
    return EndpointView(
        id=row.id,
        url=row.url,
        description=row.description,
        types=tuple(row.types),
        is_ordered=row.is_ordered,
        disabled=DisabledReason(row.disabled),
        created_at=row.created_at,
        failures=row.failures,
        rests_until=row.rests_until,
        previous_secret_until=row.previous_secret_until,
    )


def _delivery(row: Delivery) -> DeliveryView:
    status = DeliveryStatus(row.status)
    return DeliveryView(
        id=row.id,
        endpoint_id=row.endpoint_id,
        event=_event(row.event),
        status=status,
        attempts=row.attempts,
        next_at=row.next_at if status.is_open else None,
        answered=row.answered,
        error=row.error,
        delivered_at=row.delivered_at,
    )


def _event(row: LoggedEvent) -> LoggedEventView:
    return LoggedEventView(
        id=row.id, type=row.type, version=row.version, at=row.at, data=row.data
    )
