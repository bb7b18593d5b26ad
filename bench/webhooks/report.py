"""The tables of the webhook bench."""

from collections.abc import Sequence
from pathlib import Path

from alicerce.project.embedded.throwaway import temporary_folder
from bench.databases import Database, environment
from bench.figures import microseconds, milliseconds, show, times
from bench.machine import family_cpu
from bench.processes import free_port, process, python
from bench.webhooks.candidates import Candidate, bare_insert, bare_server, ours
from bench.webhooks.company import Company, open_company
from bench.webhooks.door import door
from bench.webhooks.drills import kill_database, kill_web
from bench.webhooks.statements import show_statements
from bench.webhooks.storm import Storm, storm

CROWDS = (1, 8, 32)
SECONDS = 6.0
WARM_UP = 1.0


def report(database: Database) -> None:
    company = open_company("http://127.0.0.1")
    with temporary_folder() as folder:
        _compare(database, company, folder)
        show_statements(company)
        rows = [kill_web(database, company, folder), kill_database(database, company, folder)]
    headings = ("drill", "acknowledged", "rows found", "with their job", "lost")
    show("Killed the moment a 2xx arrived, 8 senders", headings, rows)


def _compare(database: Database, company: Company, folder: Path) -> None:
    port = free_port()
    arguments = python("-m", "bench.webhooks.trivial", str(port))
    with (
        door(database, folder) as (web_port, web),
        process(
            arguments,
            env=environment(database.app),
            log=folder / "trivial.log",
            port=port,
            speaks_http=True,
        ) as trivial,
    ):
        candidates = (
            ours(company, web_port, web.pid),
            bare_insert(company, database),
            bare_server(company, port, trivial.pid),
        )
        rows = [row for crowd in CROWDS for row in _rows(database, candidates, crowd)]
    headings = (
        *("accepted by", "senders", "per second", "of bare INSERT", "ack p50", "ack p99"),
        *("server CPU each", "PostgreSQL CPU each", "errors"),
    )
    show("Webhooks accepted, the row durable before the answer", headings, rows)


def _rows(
    database: Database, candidates: Sequence[Candidate], crowd: int
) -> list[tuple[str, ...]]:
    measured = [(one, *_measure(database, one, crowd)) for one in candidates]
    bare = measured[1][1].rate
    return [
        (
            one.name,
            str(crowd),
            f"{found.rate:,.0f}",
            times(found.rate, bare),
            milliseconds(found.ack(0.5)),
            milliseconds(found.ack(0.99)),
            microseconds(own) if own else "-",
            microseconds(server),
            str(found.errors),
        )
        for one, found, own, server in measured
    ]


def _measure(
    database: Database, candidate: Candidate, crowd: int
) -> tuple[Storm, float, float]:
    """The storm, and the CPU a delivery cost the candidate's process and the database."""
    storm(candidate.make_sender, senders=crowd, seconds=WARM_UP)
    assert database.cluster.process
    postgres = database.cluster.process.pid
    before = candidate.cpu(), family_cpu(postgres)
    found = storm(candidate.make_sender, senders=crowd, seconds=SECONDS)
    after = candidate.cpu(), family_cpu(postgres)
    accepted = max(1, len(found.acks))
    return found, (after[0] - before[0]) / accepted, (after[1] - before[1]) / accepted
