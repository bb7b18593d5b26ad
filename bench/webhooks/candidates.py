"""What is measured side by side: our door, the bare row, the bare web server."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench.databases import Database
from bench.machine import family_cpu
from bench.webhooks.company import Company
from bench.webhooks.storm import Attempt, http_sender

INSERT = b"""
insert into billing_notice (id, tenant_id, created_at, account_id, external_key, raw, headers,
    received_at, outcome, detail)
values (%s, %s, now(), %s, %s, %s, '{}', now(), '', '')
"""


@dataclass(frozen=True)
class Candidate:
    """A way to accept a delivery, and the process that pays for it."""

    name: str
    make_sender: Callable[[], Attempt]
    cpu: Callable[[], float]


def ours(company: Company, port: int, pid: int) -> Candidate:
    return Candidate(
        "Alicerce web process",
        lambda: http_sender(port, company.path, company.post),
        lambda: family_cpu(pid),
    )


def bare_server(company: Company, port: int, pid: int) -> Candidate:
    return Candidate(
        "empty WSGI view, same server",
        lambda: http_sender(port, "/", company.post),
        lambda: family_cpu(pid),
    )


def bare_insert(company: Company, database: Database) -> Candidate:
    """The notice row alone, one statement and one commit, its policies included."""
    return Candidate(
        "bare INSERT, same driver", lambda: _inserter(company, database), lambda: 0.0
    )


def _inserter(company: Company, database: Database) -> Attempt:
    line: psycopg.Connection[Any] = psycopg.connect(database.app, autocommit=True)
    line.execute("select set_config('app.tenant_id', %s, false)", [str(company.tenant_id)])
    _keep_until_thread_ends(line)

    def attempt() -> str:
        name, raw, _ = company.post()
        new_id: UUID = uuid4()
        line.execute(INSERT, [new_id, company.tenant_id, company.account_id, name, raw])
        return name

    return attempt


_kept = threading.local()


def _keep_until_thread_ends(line: "psycopg.Connection[Any]") -> None:
    _kept.line = line
