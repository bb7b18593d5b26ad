"""Keep what happened, and who is to be told of it, in the commit that made it true.

This runs with every fact of the program: one statement, and nothing more where nobody listens.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from alicerce.apps.endpoints.events import DeliveriesDue
from alicerce.apps.endpoints.rules.catalog import ENVELOPE, is_offered, patterns_for, subject_of
from alicerce.kernel.events import Event, publish

# A fact told twice is one event. Who is told is decided by the endpoints of this moment. A delivery's
# id is of the time of its event, like every id, and random from there.
LOG = """
    with logged as (
        insert into endpoints_loggedevent
            (id, tenant_id, created_at, type, version, subject, at, data)
        values (%(id)s, %(tenant)s, statement_timestamp(), %(type)s, %(version)s, %(subject)s,
            %(at)s, %(data)s::jsonb)
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


# lint: allow keyword-only because the kernel tells its listeners the fact and nothing else
def log_event(event: Event) -> None:
    """Log a fact that is offered outside, and wake the endpoints that asked for it."""
    if is_offered(type(event)):
        _wake(_log(event), event)


def _log(event: Event) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            LOG,
            {
                "id": event.id,
                "tenant": event.tenant_id,
                "type": event.name,
                "version": event.version,
                "subject": subject_of(event),
                "at": event.at,
                "data": event.model_dump_json(exclude=ENVELOPE | event.unsaid),
                "patterns": patterns_for(event.name),
            },
        )
        return [endpoint_id for (endpoint_id,) in cursor.fetchall()]


def _wake(endpoint_ids: Iterable[UUID], event: Event) -> None:
    for endpoint_id in endpoint_ids:
        publish(DeliveriesDue(at=event.at, tenant_id=event.tenant_id, endpoint_id=endpoint_id))
