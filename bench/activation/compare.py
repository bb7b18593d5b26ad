"""Posts to a candidate, then reads when its services became active."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.activation.candidate import Candidate
from bench.databases import Database
from bench.figures import milliseconds, percentile, show
from bench.machine import family_cpu
from bench.webhooks.company import Company
from bench.webhooks.storm import Attempt, http_sender

SENDERS = 16
GLANCE = 0.02
SHARES = (0.5, 0.95, 0.99)
HEADINGS = (
    *("candidate", "load", "posted", "active", "acknowledged p50/p99"),
    *("post to createacct p50/p95/p99", "post to active p50/p95/p99", "active/s"),
    "own CPU each",
    "PostgreSQL CPU each",
)
WHEN = b"select id, called_at, active_at from bench_service where id = any(%s)"
COUNT = b"select count(*) from bench_service where id = any(%s)"


@dataclass
class Comparison:
    database: Database
    company: Company
    single: int
    each_second: float
    seconds: float
    patience: float
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, candidate: Candidate) -> None:
        Round(self, candidate).one_by_one(3)  # connections, plans and caches warm up
        for load, count in (
            ("one at a time", self.single),
            (f"{self.each_second:.0f}/s", int(self.each_second * self.seconds)),
        ):
            turn = Round(self, candidate)
            turn.one_by_one(count) if "one" in load else turn.at_pace(count)
            self.rows.append((candidate.name, load, *turn.figures()))

    def show(self) -> None:
        show("Webhook received, createacct called, service active", HEADINGS, self.rows)


class Round:
    """One load on one candidate."""

    def __init__(self, comparison: Comparison, candidate: Candidate) -> None:
        self.of, self.candidate = comparison, candidate
        self.posted: dict[str, datetime] = {}
        self.acks: list[float] = []
        self._kept = threading.local()
        self._admin: psycopg.Connection[Any] = psycopg.connect(
            comparison.database.admin, autocommit=True
        )
        self._cpu = self._spent()
        self._began = time.monotonic()

    def one_by_one(self, count: int) -> None:
        for _ in range(count):
            self._post()
            self._wait(GLANCE / 10)

    def at_pace(self, count: int) -> None:
        with ThreadPoolExecutor(SENDERS) as pool:
            for turn in range(count):
                due = self._began + turn / self.of.each_second
                time.sleep(max(0.0, due - time.monotonic()))
                pool.submit(self._post)
        self._wait(GLANCE)

    def figures(self) -> tuple[str, ...]:
        took = time.monotonic() - self._began
        own, server = (now - was for now, was in zip(self._spent(), self._cpu, strict=True))
        rows = self._admin.execute(WHEN, [list(self.posted)]).fetchall()
        self._admin.close()
        called = [(at - self.posted[name]).total_seconds() for name, at, _ in rows]
        active = [(at - self.posted[name]).total_seconds() for name, _, at in rows]
        return (
            str(len(self.posted)),
            str(len(rows)),
            f"{percentile(self.acks, 0.5) * 1e3:.1f} / {percentile(self.acks, 0.99) * 1e3:.1f} ms",
            _spans(called),
            _spans(active),
            f"{len(rows) / took:.1f}",
            milliseconds(own / max(1, len(rows))),
            milliseconds(server / max(1, len(rows))),
        )

    def _post(self) -> None:
        began, at = time.perf_counter(), datetime.now(UTC)
        name = self._sender()()
        if name:
            self.posted[name] = at
            self.acks.append(time.perf_counter() - began)

    def _sender(self) -> Attempt:
        if not hasattr(self._kept, "sender"):
            one = self.candidate
            self._kept.sender = http_sender(one.port, one.path, self.of.company.post)
        sender: Attempt = self._kept.sender
        return sender

    def _wait(self, glance: float) -> None:
        deadline = time.monotonic() + self.of.patience
        while time.monotonic() < deadline:
            found = self._admin.execute(COUNT, [list(self.posted)]).fetchone()
            if found and found[0] == len(self.posted):
                return
            time.sleep(glance)

    def _spent(self) -> tuple[float, float]:
        server = self.of.database.cluster.process
        assert server
        return sum(map(family_cpu, self.candidate.pids)), family_cpu(server.pid)


def _spans(values: list[float]) -> str:
    return " / ".join(f"{percentile(values, share) * 1e3:.0f}" for share in SHARES) + " ms"
