"""The tables: growth, and the same rows by SQL alone."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from alicerce.apps.subscriptions.models import BillingBatch
from alicerce.apps.subscriptions.services.billing_run import begin_run, bill_some
from alicerce.kernel import jobs
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from bench.databases import Database
from bench.figures import microseconds, show, times
from bench.machine import cpu_clock, family_cpu
from bench.renewals.baseline import write
from bench.renewals.book import NOON, ON, Book, open_book

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HEADINGS = (
    *("subscriptions", "written by", "seconds", "renewals/s", "of SQL alone"),
    *("worker CPU each", "PostgreSQL CPU each"),
)


@dataclass(frozen=True)
class Taken:
    """What writing the renewals of a book took."""

    size: int
    seconds: float
    own_cpu: float
    server_cpu: float

    @property
    def rate(self) -> float:
        return self.size / self.seconds


def report(database: Database, *, most: int) -> None:
    jobs.discover()
    rows: list[tuple[str, ...]] = []
    for size in [size for size in SIZES if size <= most]:
        rows += _rows(database, size)
    show(
        "One worker, batches of 100 customers: invoice, line, ledger, period, trail, two events and"
        " the letter's job for each",
        HEADINGS,
        rows,
    )


def _rows(database: Database, size: int) -> list[tuple[str, ...]]:
    by_sql = open_book(database, name=f"sql-{size}", size=size)
    alone = _measure(database, size, lambda: write(database, by_sql))
    ours = open_book(database, name=f"ours-{size}", size=size)
    run = _measure(database, size, lambda: bill(ours))
    return [_row("the billing run", run, alone), _row("SQL alone", alone, alone)]


def bill(book: Book) -> int:
    """A whole run, in this process, as its jobs do it."""
    with acting(tenant_id=book.tenant_id):
        run_id = begin_run(on=ON, at=NOON)
        assert run_id
        while bill_some(run_id=run_id, on=ON, at=NOON).customers:
            pass
        with transaction():
            billed = sum(batch.renewals for batch in BillingBatch.objects.all())
    assert billed == book.size, f"{billed} of {book.size} were billed"
    return billed


def _measure(database: Database, size: int, act: Callable[[], int]) -> Taken:
    assert database.cluster.process
    server, own = database.cluster.process.pid, cpu_clock(os.getpid())
    before, began = (own(), family_cpu(server)), time.monotonic()
    assert act() == size
    seconds = time.monotonic() - began
    return Taken(size, seconds, own() - before[0], family_cpu(server) - before[1])


def _row(name: str, taken: Taken, alone: Taken) -> tuple[str, ...]:
    return (
        f"{taken.size:,}",
        name,
        f"{taken.seconds:,.1f}",
        f"{taken.rate:,.0f}",
        times(taken.rate, alone.rate),
        microseconds(taken.own_cpu / taken.size),
        microseconds(taken.server_cpu / taken.size),
    )
