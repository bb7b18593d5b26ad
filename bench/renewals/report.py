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
from bench.renewals.ways import MOVED, PLAIN, TAXED, Way

WAYS = (PLAIN, TAXED, MOVED)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOVES = 20_000
HEADINGS = (
    *("subscriptions", "billed", "written by", "seconds", "renewals/s", "of SQL alone"),
    *("worker CPU each", "PostgreSQL CPU each", "CPU of SQL alone"),
)


@dataclass(frozen=True)
class Taken:
    """What writing the renewals of a book took."""

    size: int
    seconds: float
    own_cpu: float
    server_cpu: float

    @property
    def cpu(self) -> float:
        return self.own_cpu + self.server_cpu

    @property
    def rate(self) -> float:
        return self.size / self.seconds


def report(database: Database, *, most: int) -> None:
    jobs.discover()
    rows: list[tuple[str, ...]] = []
    for way in (PLAIN, TAXED):
        for size in [size for size in SIZES if size <= most]:
            rows += _rows(database, size, way)
    rows += _rows(database, min(MOVES, most), MOVED)
    show(
        "One worker, batches of 100 customers: invoice, line, ledger, period, trail, two events and"
        " the letter's job for each",
        HEADINGS,
        rows,
    )


def _rows(database: Database, size: int, way: Way) -> list[tuple[str, ...]]:
    by_sql, ours = (_open(database, side, size, way) for side in ("sql", "ours"))
    alone = _measure(database, size, lambda: write(database, by_sql, way))
    run = _measure(database, size, lambda: bill(ours))
    return [_row(way, "the billing run", run, alone), _row(way, "SQL alone", alone, alone)]


def _open(database: Database, side: str, size: int, way: Way) -> Book:
    book = open_book(database, name=f"{side}-{size}-{WAYS.index(way)}", size=size)
    way.prepare(database, book)
    return book


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


def _row(way: Way, name: str, taken: Taken, alone: Taken) -> tuple[str, ...]:
    return (
        f"{taken.size:,}",
        way.name,
        name,
        f"{taken.seconds:,.1f}",
        f"{taken.rate:,.0f}",
        times(taken.rate, alone.rate),
        microseconds(taken.own_cpu / taken.size),
        microseconds(taken.server_cpu / taken.size),
        times(taken.cpu, alone.cpu),
    )
