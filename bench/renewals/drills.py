"""PostgreSQL dies by SIGKILL in the middle of a billing run, is started again, and the run goes on (F05)."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from itertools import count

import psutil
import psycopg
from django.db import InterfaceError, OperationalError, connection

from alicerce.apps.subscriptions.services.billing_run import begin_run, bill_some
from alicerce.kernel.context import acting
from bench.databases import Database
from bench.renewals.book import NOON, ON, Book, open_book

SIZE, FIRST, KILLS, SOON = 1_000, 2, 3, 0.08
HEADINGS = ("PostgreSQL", "killed", "invoices", "cents", "numbers missing", "ledger", "same")
TOTALS = """
select count(*), sum(i.total_cents), max(i.number) - %(size)s - count(*), (
    select count(*) || ' entries, ' || sum(e.amount_cents) from billing_ledgerentry e
    where e.tenant_id = %(tenant)s
) from billing_invoice i where i.tenant_id = %(tenant)s and i.status = 'open'
"""


def drill(database: Database) -> list[tuple[str, ...]]:
    """The totals of a run that nothing disturbed, beside those of one that was killed."""
    calm = open_book(database, name="calm", size=SIZE)
    _bill(calm, database, kills=0)
    cut = open_book(database, name="cut", size=SIZE)
    killed = _bill(cut, database, kills=KILLS)
    first, second = (_totals(database, book) for book in (calm, cut))
    same = "yes" if first == second else "NO"
    assert first == second, f"{second} after kills, {first} without"
    return [("undisturbed", "0", *first, same), ("killed", str(killed), *second, same)]


def _bill(book: Book, database: Database, *, kills: int) -> int:
    """Batch by batch, as its jobs do it; a kill comes while the third batch and later ones are written."""
    killed = 0
    with acting(tenant_id=book.tenant_id):
        run_id = begin_run(on=ON, at=NOON)
        assert run_id
        for turn in count():
            strikes = FIRST <= turn < FIRST + kills
            with _killing(database) if strikes else nullcontext():
                try:
                    if not bill_some(run_id=run_id, on=ON, at=NOON).customers:
                        return killed
                except (OperationalError, InterfaceError):
                    killed += 1
    return killed


@contextmanager
def _killing(database: Database) -> Iterator[None]:
    """Every process of the server dies a moment from now, and it is started again."""
    server = database.cluster.process
    assert server
    timer = threading.Timer(SOON, _kill, [server.pid])
    timer.start()
    try:
        yield
    finally:
        timer.join()
        server.wait()
        connection.close()
        database.cluster.start(say=lambda _: None)


def _kill(pid: int) -> None:
    family = psutil.Process(pid).children(recursive=True)
    for each in (pid, *(child.pid for child in family)):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _totals(database: Database, book: Book) -> tuple[str, ...]:
    with psycopg.connect(database.admin) as admin:
        given = {"tenant": book.tenant_id, "size": book.size}
        found = admin.execute(TOTALS, given).fetchone()
    assert found
    return tuple(map(str, found))
