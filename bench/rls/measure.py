"""Runs statements as the program's transactions do, and reads what they cost the server."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg
from psycopg import ClientCursor

from bench.figures import percentile
from bench.machine import cpu_clock
from bench.rls.cases import Query

ROUNDS, TURNS = 7, 200
TELL = "select current_setting('app.tenant_id', true), set_config('app.tenant_id', %s, true)"
USED = re.compile(r"(?:Scan(?: Backward)? using |(?=Seq Scan on ))(Seq Scan on \w+|\w+)")
AS_OPERATOR = "set local role alicerce_operator"

Connection = psycopg.Connection[Any]


@dataclass
class Side:
    """One way to run a query: who signs in, and what is said before and after it."""

    name: str
    url: str
    shape: Callable[[Query], Query] = lambda query: query
    before: tuple[str, ...] = (TELL,)
    after: tuple[str, ...] = (TELL,)
    cpu: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)

    @property
    def typical_cpu(self) -> float:
        """Backend CPU of a transaction: the median of the rounds."""
        return median(self.cpu)

    def wall(self, share: float) -> float:
        return percentile(self.walls, share)


def compare(sides: Sequence[Side], queries: Sequence[Query], *, turns: int = TURNS) -> None:
    """Take turns, so that what else the machine does strikes all sides alike."""
    connections = [_connect(side.url) for side in sides]
    shaped = [[side.shape(query) for query in queries] for side in sides]
    try:
        for _ in range(ROUNDS):
            for side, connection, own in zip(sides, connections, shaped, strict=True):
                _round(side, connection, own, turns)
    finally:
        for connection in connections:
            connection.close()


def plan(side: Side, query: Query) -> str:
    """Which indexes the query used, by name."""
    own = side.shape(query)
    with _connect(side.url) as connection:
        _say(connection, side.before, own)
        rows = connection.execute(b"explain (costs off) " + own.sql.encode(), own.params)
        return ", ".join(USED.findall("\n".join(row[0] for row in rows)))


def _round(side: Side, connection: Connection, queries: Sequence[Query], turns: int) -> None:
    read_cpu = cpu_clock(connection.info.backend_pid)
    _turn(side, connection, queries[0])
    spent = read_cpu()
    for turn in range(turns):
        began = time.perf_counter()
        _turn(side, connection, queries[turn % len(queries)])
        side.walls.append(time.perf_counter() - began)
    side.cpu.append((read_cpu() - spent) / turns)


def _turn(side: Side, connection: Connection, query: Query) -> None:
    with connection.transaction():
        _say(connection, side.before, query)
        if query.sql:
            connection.execute(query.sql.encode(), query.params).fetchall()
        _say(connection, side.after, query)


def _say(connection: Connection, statements: Sequence[str], query: Query) -> None:
    for statement in statements:
        values = [str(query.tenant_id)] if "%s" in statement else None
        connection.execute(statement.encode(), values)


def _connect(url: str) -> Connection:
    """With the cursor Django uses: parameters are put in by the client."""
    return psycopg.connect(url, cursor_factory=ClientCursor)
