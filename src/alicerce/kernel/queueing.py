"""The queue's statements, on Django's own connection: they commit with the change, or not at all."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db import transaction as django_transaction
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.adapters.persistence.queries import SyncQueries
from pgqueuer.ports.driver import SyncDriver
from psycopg import RawCursor
from psycopg.rows import dict_row

from alicerce.kernel.arrays import array_of

PRIORITIES = {"urgent": 10, "default": 0, "bulk": -10}

BURY = """
    with gone as (
        delete from pgqueuer where id = $1 returning id, entrypoint, payload, headers, priority
    ), logged as (
        insert into pgqueuer_log (job_id, status, entrypoint, priority)
        select id, 'exception', entrypoint, priority from gone
    )
    insert into queue_dead as dead
        (job_id, name, tenant_id, payload, headers, priority, attempts, error)
    select id, entrypoint, (headers->>'tenant')::uuid, convert_from(payload, 'UTF8'), headers,
        priority, $2, $3
    from gone
    on conflict (name) where tenant_id is null do update set
        deaths = dead.deaths + 1, died_at = now(), job_id = excluded.job_id,
        attempts = excluded.attempts, error = excluded.error
    returning dead.deaths
"""
REVIVE = """
    delete from queue_dead where id = $1
    returning name, payload, headers, priority
"""
FORGET = """
    with dead as (
        delete from queue_dead where tenant_id = $1 and exists (
            select 1 from unnest($2::text[]) word where position(word in payload) > 0
        ) returning id
    ), waiting as (
        delete from pgqueuer where headers->>'tenant' = $1::text and status = 'queued' and exists (
            select 1 from unnest($2::text[]) word
            where position(convert_to(word, 'UTF8') in payload) > 0
        ) returning id
    )
    select id from dead union all select id from waiting
"""
DEAD = """
    select id, name, tenant_id, headers->>'event' as event, payload, attempts, deaths, error,
        died_at
    from queue_dead order by died_at desc limit $1
"""
WAITING = """
    select count(*) as jobs,
        coalesce(extract(epoch from max(now() - execute_after)), 0)::float8 as oldest_seconds
    from pgqueuer where status = 'queued' and execute_after <= now()
"""


BUSY = """
    select 1 from pgqueuer
    where headers->>'tenant' = $1::text and entrypoint <> $2
        and status in ('queued', 'picked') and execute_after <= now() + $3::interval
    limit 1
"""
SOON = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class NewJob:
    name: str
    payload: bytes
    queue: str = "default"
    headers: dict[str, str] = field(default_factory=dict)
    delay: timedelta | None = None
    alone: bool = False  # not queued again while one of its name waits or runs


@dataclass(frozen=True, slots=True)
class Job:
    """A job that was picked: `attempts` ended in an error before, `lost` in a dead worker."""

    id: int
    name: str
    payload: bytes
    headers: dict[str, Any]
    attempts: int
    lost: int = 0

    @property
    def tenant_id(self) -> UUID | None:
        tenant = self.headers.get("tenant")
        return UUID(tenant) if tenant else None

    @property
    def trace_id(self) -> UUID | None:
        trace = self.headers.get("trace")
        return UUID(trace) if trace else None


@dataclass(frozen=True, slots=True)
class DeadJob:
    id: int
    name: str
    tenant_id: UUID | None
    event: str | None
    payload: str
    attempts: int
    deaths: int
    error: str
    died_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs that are due and not picked: many mean too few workers, an old one that none knows it."""

    jobs: int
    oldest_seconds: float


class DjangoDriver(SyncDriver):
    """PgQueuer's statements inside whatever transaction Django has open.

    Django keeps its connections from decoding jsonb: it comes as text.
    """

    def fetch(self, query: str, *args: object) -> list[dict[str, Any]]:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            cursor = RawCursor(connection.connection, row_factory=dict_row)
            cursor.execute(query.encode(), args or None)
            return cursor.fetchall() if cursor.description else []


class ManyDriver(DjangoDriver):
    """For statements that cast the arrays they are given."""

    def fetch(self, query: str, *args: object) -> list[dict[str, Any]]:
        given = [array_of(arg) if isinstance(arg, list) else arg for arg in args]
        return super().fetch(query, *given)


def enqueue(*, jobs: list[NewJob]) -> None:
    """One statement, however many jobs."""
    SyncQueries(ManyDriver()).enqueue(
        [job.name for job in jobs],
        [job.payload for job in jobs],
        [PRIORITIES[job.queue] for job in jobs],
        execute_after=[job.delay for job in jobs],
        dedupe_key=[job.name if job.alone else None for job in jobs],
        headers=[job.headers for job in jobs],
        on_conflict="skip",
    )


def again(*, job_id: int, delay: timedelta) -> None:
    """Back to the queue after a failed attempt."""
    DjangoDriver().fetch(QueryQueueBuilder().build_retry_job_query(), job_id, delay, None)


def done(*, job_id: int) -> None:
    DjangoDriver().fetch("delete from pgqueuer where id = $1", job_id)


def bury(*, job_id: int, attempts: int, error: str) -> bool:
    """Move the job to the dead letter; whether this death is news."""
    rows = DjangoDriver().fetch(BURY, job_id, attempts, error)
    return bool(rows) and rows[0]["deaths"] == 1


def forgive(*, name: str) -> None:
    """End the obituary of a reaction to the clock that works again."""
    DjangoDriver().fetch("delete from queue_dead where tenant_id is null and name = $1", name)


def dead_jobs(*, limit: int = 100) -> list[DeadJob]:
    """List what gave up, the latest first."""
    return [DeadJob(**row) for row in DjangoDriver().fetch(DEAD, limit)]


def forget_jobs(*, tenant_id: UUID, mentioning: Collection[str]) -> int:
    """Drop a tenant's jobs, waiting or dead, in whose event one of the words stands."""
    words = [word for word in mentioning if word]
    return len(DjangoDriver().fetch(FORGET, tenant_id, words))


def backlog() -> Backlog:
    return Backlog(**DjangoDriver().fetch(WAITING)[0])


def has_work(*, tenant_id: UUID, but: str) -> bool:
    """Whether jobs of the tenant run, or will within moments, other than those called `but`."""
    return bool(DjangoDriver().fetch(BUSY, tenant_id, but, SOON))


def revive(*, dead_id: int) -> bool:
    """Queue a dead job again, with all its attempts; whether it was still there."""
    with django_transaction.atomic():
        rows = DjangoDriver().fetch(REVIVE, dead_id)
        enqueue(jobs=[_again(row) for row in rows])
    return bool(rows)


def _again(row: dict[str, Any]) -> NewJob:
    queue = next(name for name, value in PRIORITIES.items() if value == row["priority"])
    return NewJob(
        name=row["name"],
        payload=row["payload"].encode(),
        queue=queue,
        headers=json.loads(row["headers"]),
    )
