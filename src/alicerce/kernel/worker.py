"""The worker: picks jobs the moment they commit, runs them in threads, and survives its database."""

import argparse
import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import Error, close_old_connections
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as Picked

from alicerce.kernel import scheduler
from alicerce.kernel.clock import wall
from alicerce.kernel.job_runs import Again, perform
from alicerce.kernel.jobs import discover, reactions
from alicerce.kernel.picking import Picker, PickingQueries
from alicerce.kernel.queue_line import Line, parameters
from alicerce.kernel.queueing import PRIORITIES, Job
from alicerce.kernel.sessions import lay_down_session, take_up_session

DRAIN_SECONDS = 25
DATABASE_AWAY = timedelta(seconds=30)
SWEEP_EVERY = timedelta(minutes=1)

logger = logging.getLogger("alicerce.worker")


class Worker:
    def __init__(self, *, queues: Sequence[str]) -> None:
        self.names = [name for name, one in reactions.items() if one.queue in queues]
        self.stopping = asyncio.Event()
        self.size = max(2, settings.WORKER_THREADS)
        self.threads = ThreadPoolExecutor(self.size, "job")

    async def serve(self) -> None:
        """Work until told to stop, then give what was begun some time to end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        work = asyncio.create_task(self._keep_working())
        await self.stopping.wait()
        ended, _ = await asyncio.wait({work}, timeout=DRAIN_SECONDS)
        if not ended:
            _leave_the_rest()

    async def _keep_working(self) -> None:
        while not self.stopping.is_set():
            try:
                await self._work()
            except Exception:
                logger.exception("the queue stumbled")
                await asyncio.sleep(1)

    async def _work(self) -> None:
        line = Line(parameters())
        queries = PickingQueries(line)
        manager = Picker(queries=queries)
        manager.shutdown = self.stopping
        for name in self.names:
            manager.entrypoint(name, on_failure="hold")(self._handler(queries))
        try:
            await manager.run(
                batch_size=self.size // 2,
                max_concurrent_tasks=self.size,
                dequeue_timeout=timedelta(seconds=settings.QUEUE_HEARTBEAT / 3),
                heartbeat_timeout=timedelta(seconds=settings.QUEUE_HEARTBEAT * 2),
                log_aggregation_interval=timedelta(0),
            )
        finally:
            await line.close()

    def _handler(self, queries: PickingQueries) -> Callable[[Picked], Awaitable[None]]:
        async def handle(picked: Picked) -> None:
            starts = queries.starts.pop(picked.id, 1)
            job = _job(picked, lost=starts - 1 - picked.attempts)
            loop = asyncio.get_running_loop()
            later = await loop.run_in_executor(self.threads, run, job)
            if later:
                raise RetryRequested(later.delay, later.reason)

        return handle


def _leave_the_rest() -> None:
    """Go at once: a thread cannot be told to stop, and a cancelled job would be forgotten.

    Whoever still runs picks the unfinished jobs when their heartbeat is missed.
    """
    logger.warning("stopped before every job ended: others will pick them")
    logging.shutdown()
    os._exit(0)


def _job(picked: Picked, *, lost: int) -> Job:
    return Job(
        id=picked.id,
        name=picked.entrypoint,
        payload=picked.payload or b"",
        headers=picked.headers or {},
        attempts=picked.attempts,
        lost=lost,
    )


def run(job: Job) -> Again | None:
    """One job in this thread; when to try it again, if ever."""
    take_up_session()
    try:
        return perform(job=job)
    except Exception as error:
        logger.exception("the outcome of %s (%s) could not be written", job.name, job.id)
        return Again(DATABASE_AWAY * settings.RETRY_PACE, type(error).__name__)
    finally:
        lay_down_session()


def main(argv: Sequence[str]) -> int:
    """Be the worker process; Django is set up already."""
    parser = argparse.ArgumentParser(prog="worker", description=__doc__)
    parser.add_argument("--queue", action="append", choices=PRIORITIES, dest="queues")
    queues = parser.parse_args(argv).queues or list(PRIORITIES)
    discover()
    asyncio.run(_serve(queues))
    return 0


async def _serve(queues: Sequence[str]) -> None:
    await Worker(queues=queues).serve()


def scheduler_main(argv: Sequence[str]) -> int:
    """Be a scheduler process. Several may run: each tick is taken once."""
    argparse.ArgumentParser(prog="scheduler").parse_args(argv)
    discover()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    swept = datetime.min.replace(tzinfo=UTC)
    while not stopping.wait(scheduler.nap(at=wall())):
        swept = _keep_time(swept)
    return 0


def _keep_time(swept: datetime) -> datetime:
    """One look at the clock; when the logs were last swept."""
    try:
        scheduler.tick()
        if wall() - swept > SWEEP_EVERY:
            scheduler.sweep()
            return wall()
    except Error:
        logger.exception("the clock stumbled")
    finally:
        close_old_connections()
    return swept
