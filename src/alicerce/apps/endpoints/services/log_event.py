"""Keep what happened, and who is to be told of it, in the commit that made it true.

This runs with every fact of the program: one statement, and nothing more where nobody listens.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from alicerce.apps.endpoints.events import DeliveriesDue
from alicerce.apps.endpoints.rules.catalog import ENVELOPE, is_offered, patterns_for, subject_of
from alicerce.kernel.arrays import array_of
from alicerce.kernel.events import Event, publish

# A fact told twice is one event. Who is told is decided by the endpoints of this moment. A delivery's
# id is of the time of its event, like every id, and random from there.
TEMPLATE = """
    with logged as (
        insert into endpoints_loggedevent
            (id, tenant_id, created_at, type, version, subject, at, data)
        $facts
        on conflict do nothing
        returning tenant_id, id, subject
    )
    insert into endpoints_delivery
        (id, tenant_id, created_at, endpoint_id, event_id, subject, status, attempts, tries,
        next_at, error)
    select overlay(gen_random_uuid()::text placing left(logged.id::text, 15) from 1)::uuid,
        logged.tenant_id, statement_timestamp(), endpoint.id, logged.id,
        logged.subject, 'pending', 0, 0, least(%(at)s, statement_timestamp()), ''
    from logged join endpoints_endpoint endpoint using (tenant_id)
    where endpoint.disabled = '' and endpoint.types ?| %(patterns)s
    on conflict do nothing
    returning endpoint_id
"""

ONE = """
        values (%(id)s, %(tenant)s, statement_timestamp(), %(type)s, %(version)s, %(subject)s,
            %(at)s, %(data)s::jsonb)
"""
ALIKE = """
        select id, tenant, statement_timestamp(), type, version, subject, at, data::jsonb
        from unnest(%(id)s::uuid[], %(tenant)s::uuid[], %(type)s::text[], %(version)s::int[],
            %(subject)s::uuid[], %(ats)s::timestamptz[], %(data)s::text[])
            as new (id, tenant, type, version, subject, at, data)
"""
LOG, LOG_ALIKE = TEMPLATE.replace("$facts", ONE), TEMPLATE.replace("$facts", ALIKE)


# lint: allow keyword-only because the kernel tells its listeners the fact and nothing else
def log_event(event: Event) -> None:
    """Log a fact that is offered outside, and wake the endpoints that asked for it."""
    if is_offered(type(event)):
        _wake(_log(event), event)


# lint: allow keyword-only because the kernel tells its listeners the facts and nothing else
def log_events(events: Sequence[Event]) -> None:
    """The same for many facts of one tenant; who asked for some of them is woken once."""
    offered = [event for event in events if is_offered(type(event))]
    for kind in {event.name for event in offered}:
        alike = [event for event in offered if event.name == kind]
        _wake(sorted(set(_log_alike(alike))), alike[0])


def _log(event: Event) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            LOG, {"at": event.at, **_columns(event), "patterns": patterns_for(event.name)}
        )
        return [endpoint_id for (endpoint_id,) in cursor.fetchall()]


def _log_alike(events: Sequence[Event]) -> list[UUID]:
    """Facts of one name, in one statement."""
    columns = [_columns(event) for event in events]
    arrays = {name: [row[name] for row in columns] for name in columns[0]}
    said: dict[str, Any] = {
        **{name: array_of(column) for name, column in arrays.items()},
        "at": events[0].at,
        "patterns": patterns_for(events[0].name),
    }
    with connection.cursor() as cursor:
        cursor.execute(LOG_ALIKE, {**said, "ats": array_of([event.at for event in events])})
        return [endpoint_id for (endpoint_id,) in cursor.fetchall()]


def _columns(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "tenant": event.tenant_id,
        "type": event.name,
        "version": event.version,
        "subject": subject_of(event),
        "data": event.model_dump_json(exclude=ENVELOPE | event.unsaid),
    }


def _wake(endpoint_ids: Iterable[UUID], event: Event) -> None:
    for endpoint_id in endpoint_ids:
        publish(DeliveriesDue(at=event.at, tenant_id=event.tenant_id, endpoint_id=endpoint_id))
