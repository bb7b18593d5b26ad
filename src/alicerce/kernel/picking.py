"""How a worker picks jobs: as many as it has room for, and without asking what it knows already."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.models import Job as Picked
from pgqueuer.domain.models import TracebackRecord

from alicerce.kernel.queue_line import Line

AT_ONCE = timedelta(milliseconds=10)

STARTS = """
    select job_id, count(*) as starts from pgqueuer_log
    where job_id = any($1) and status = 'picked' group by job_id
"""
# One look into an index for each kind of job, however long the queue is.
NEXT = """
    select min(first.execute_after) - now() as due
    from unnest($1::text[]) as kind (name)
    cross join lateral (
        select execute_after from pgqueuer
        where status = 'queued' and entrypoint = kind.name
        order by execute_after limit 1
    ) as first
"""
# The trigger of the queue tells of rows that come and go, not of those that change.
TELL = """
    select pg_notify('ch_pgqueuer', json_build_object(
        'channel', 'ch_pgqueuer', 'operation', 'update', 'sent_at', now(),
        'table', 'pgqueuer', 'type', 'table_changed_event'
    )::text)
"""


@dataclass
class PickingQueries(Queries):
    """Counts the starts of what it picks, those that ended with their worker included."""

    starts: dict[int, int] = field(default_factory=dict)
    has_found: bool = False
    has_emptied: bool = False

    @property
    def line(self) -> Line:
        assert isinstance(self.driver, Line)
        return self.driver

    async def dequeue(self, *args: Any, **options: Any) -> list[Picked]:
        """A batch that was not full left nothing behind: what came since is announced anyway."""
        if self.has_emptied:
            self.has_emptied = False
            return []
        self.line.look()
        jobs = await super().dequeue(*args, **options)
        self.has_found = bool(jobs)
        self.has_emptied = 0 < len(jobs) < options["batch_size"]
        await self._count_starts([job.id for job in jobs])
        return jobs

    async def retry_job(
        self, job: Picked, delay: timedelta, traceback_record: TracebackRecord | None
    ) -> None:
        """Tell all workers, or one that sleeps would come too late for it."""
        await super().retry_job(job, delay, traceback_record)
        await self.driver.execute(TELL)

    async def _count_starts(self, ids: list[Any]) -> None:
        rows: list[Any] = await self.driver.fetch(STARTS, ids) if ids else []
        self.starts |= {row["job_id"]: row["starts"] for row in rows}


class Picker(QueueManager):
    """Sleeps until a job is due, is announced, or fits again."""

    def __init__(self, *, queries: PickingQueries) -> None:
        super().__init__(queries)
        self._queries, self._line = queries, queries.line
        self.min_dequeue_poll_interval = timedelta(seconds=0.2)

    async def _effective_dequeue_timeout(self, dequeue_timeout: timedelta) -> timedelta:
        """How long to sleep at most. That a job ended is news only to who has no room for others."""
        [row] = await self._line.fetch(NEXT, list(self.entrypoint_registry))
        due: Any = row["due"]
        is_late = due is not None and due <= timedelta()
        self._line.hears_of_ends = is_late
        if is_late:
            return AT_ONCE if self._queries.has_found else self.min_dequeue_poll_interval
        return dequeue_timeout if due is None else min(due, dequeue_timeout)
