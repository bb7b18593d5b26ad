"""`kill -9` the moment something was accepted, and whether it is there afterwards."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from bench.databases import Database
from bench.processes import kill_group
from bench.webhooks.company import Company
from bench.webhooks.door import door
from bench.webhooks.storm import Storm, http_sender, storm

SENDERS, ACKS, SECONDS = 8, 150, 20.0

KEPT = b"""
select n.external_key, j.id is not null
from billing_notice n
left join pgqueuer j on convert_from(j.payload, 'UTF8')::json->>'notice_id' = n.id::text
where n.external_key = any(%s)
"""


def kill_web(database: Database, company: Company, folder: Path) -> tuple[str, ...]:
    """The web server and its workers die right after an answer."""
    with door(database, folder) as (port, started):
        found = _storm_until(company, port, lambda: kill_group(started))
    return _row("web server", found, database)


def kill_database(database: Database, company: Company, folder: Path) -> tuple[str, ...]:
    """Every PostgreSQL process dies right after an answer, and it is started again."""
    with door(database, folder) as (port, _):
        found = _storm_until(company, port, lambda: _kill_server(database))
    server = database.cluster.process
    assert server
    server.wait()
    database.cluster.start(say=lambda _: None)
    return _row("PostgreSQL", found, database)


def _storm_until(company: Company, port: int, strike: Callable[[], None]) -> Storm:
    def on_ack(found: Storm) -> None:
        if len(found.accepted) == ACKS:
            strike()

    return storm(
        lambda: http_sender(port, company.path, company.post),
        senders=SENDERS,
        seconds=SECONDS,
        on_ack=on_ack,
    )


def _kill_server(database: Database) -> None:
    server = database.cluster.process
    assert server
    family = psutil.Process(server.pid).children(recursive=True)
    for pid in (server.pid, *(child.pid for child in family)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _row(victim: str, found: Storm, database: Database) -> tuple[str, ...]:
    with psycopg.connect(database.admin) as admin:
        kept: dict[str, bool] = dict(admin.execute(KEPT, [found.accepted]).fetchall())
    return (
        f"kill -9 of {victim}",
        str(len(found.accepted)),
        str(len(kept)),
        str(sum(kept.values())),
        str(len(found.accepted) - len(kept)),
    )
