"""The same three steps by our queue and by BullMQ: receive, create the account, mark it active."""

import argparse
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg

from alicerce.project.embedded.throwaway import temporary_folder
from bench.activation.bullmq.fetch import NotHere
from bench.activation.bullmq.run import fetch_peer
from bench.activation.candidate import CONCURRENCY, Candidate
from bench.databases import Database, environment, migrated_database, start_django
from bench.figures import note
from bench.machine import describe
from bench.processes import HOST, free_port, process, python
from bench.webhooks.door import door

FSYNCS = ("everysec", "always")
TABLE = """
create table bench_service (
    id text primary key, called_at timestamptz not null, active_at timestamptz not null
);
grant select, insert on bench_service to alicerce_app;
"""


def report(options: argparse.Namespace) -> None:
    note("\nThe same three steps, beside BullMQ")
    with migrated_database(durable=True) as database, temporary_folder() as folder:
        describe(database.admin)
        start_django(database.app)
        with psycopg.connect(database.admin, autocommit=True) as admin:
            admin.execute(TABLE)
        company = import_module("bench.webhooks.company").open_company(f"http://{HOST}")
        comparison = import_module("bench.activation.compare").Comparison(
            database, company, options.single, options.rate, options.seconds, options.patience
        )
        with _panel(database, folder) as env:
            with _ours(database, folder, env, company.path) as candidate:
                comparison.add(candidate)
            for candidate in _peers(folder, env, company.secret):
                comparison.add(candidate)
        comparison.show()


def _peers(folder: Path, env: Mapping[str, str], secret: str) -> Iterator[Candidate]:
    """One at a time: the others' processes would only be in the way."""
    try:
        peer = fetch_peer(folder=folder, env=env, secret=secret)
    except NotHere as why:
        note(f"BullMQ was not measured: {why}")
        return
    for fsync in FSYNCS:
        with peer.running(fsync=fsync) as candidate:
            yield candidate


@contextmanager
def _panel(database: Database, folder: Path) -> Iterator[Mapping[str, str]]:
    """The WHM that everybody calls; yields the environment of those who do."""
    port = free_port()
    env = environment(
        database.app,
        PANEL_PORT=str(port),
        PANEL_URL=f"https://{HOST}:{port}",
        PANEL_TOKEN=secrets.token_hex(16).upper(),
        PANEL_CA=str(folder / "certificates" / "ca.pem"),
        ALICERCE_DATA_DIR=str(folder / "data"),
        ALICERCE_WORKER_THREADS=CONCURRENCY,
    )
    arguments = python("-m", "bench.activation.panel")
    with process(arguments, env=env, log=folder / "panel.log", port=port):
        yield env


@contextmanager
def _ours(
    database: Database, folder: Path, env: Mapping[str, str], path: str
) -> Iterator[Candidate]:
    worker = python("-m", "bench.activation.short_worker")
    with (
        process(worker, env=env, log=folder / "worker.log") as working,
        door(database, folder) as (port, web),
    ):
        yield Candidate("Alicerce: web, queue, worker", port, path, (web.pid, working.pid))
