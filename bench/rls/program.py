"""What the whole call costs, in Python and in the server: the query is only a part of it."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from django.db import connection

from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from bench.figures import microseconds, percentile, show
from bench.machine import cpu_clock
from bench.rls.cases import CASES, Sights

ROUNDS, TURNS = 5, 100


def measure_program(sights: Sequence[Sights]) -> None:
    rows = [(case.name, *_measure(case.run, sights)) for case in CASES]
    headings = ("call", "Python CPU", "backend CPU", "wall p50", "wall p95")
    show("The same calls through the program, rows to dataclasses included", headings, rows)


def _measure(run: Callable[[Sights], object], sights: Sequence[Sights]) -> tuple[str, ...]:
    connection.ensure_connection()
    server = cpu_clock(connection.connection.info.backend_pid)
    walls: list[float] = []
    python: list[float] = []
    backend: list[float] = []
    for _ in range(ROUNDS):
        before = time.process_time(), server()
        walls += [_once(run, sights[turn % len(sights)]) for turn in range(TURNS)]
        python.append((time.process_time() - before[0]) / TURNS)
        backend.append((server() - before[1]) / TURNS)
    figures = (median(python), median(backend), percentile(walls, 0.5), percentile(walls, 0.95))
    return tuple(microseconds(figure) for figure in figures)


def _once(run: Callable[[Sights], object], seen: Sights) -> float:
    began = time.perf_counter()
    with acting(tenant_id=seen.tenant_id), transaction():
        run(seen)
    return time.perf_counter() - began
