"""Start, watch and end the processes of a drill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

import alicerce
from alicerce.kernel import clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.queueing import DjangoDriver
from alicerce.kernel.tests import drill

PATIENCE = 15.0
TABLES = ("pgqueuer", "pgqueuer_log", "queue_dead", "queue_tick")


@dataclass
class Drill:
    folder: Path
    processes: ExitStack

    @property
    def notes(self) -> Counter[str]:
        notes = self.folder / "notes"
        return Counter(notes.read_text().splitlines() if notes.exists() else [])

    def start(self, role: str, **variables: str) -> "subprocess.Popen[bytes]":
        output = self.processes.enter_context((self.folder / "output").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-m", "alicerce.kernel.tests.drill_process", role],
            env=os.environ | self._environment() | variables,
            stderr=output,
        )
        self.processes.callback(_end, process)
        return process

    def _environment(self) -> dict[str, str]:
        known = connection.settings_dict
        keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
        options = {"pool": {"min_size": 1, "max_size": 6}}
        database: dict[str, Any] = {key: known[key] for key in keys} | {"OPTIONS": options}
        return {
            "PYTHONPATH": str(Path(alicerce.__file__).parent.parent),
            "DRILL_DATABASE": json.dumps(database),
            "DRILL_NOTES": str(self.folder / "notes"),
        }

    def order(self, kind: str, *, seconds: float = 0) -> None:
        with acting(tenant_id=uuid4()), transaction():
            publish(drill.DrillOrdered(kind=kind, seconds=seconds, at=clock.now()))

    def wait(self, until: Callable[[], object]) -> float:
        """Seconds it took."""
        start = time.monotonic()
        while not until():
            passed = time.monotonic() - start
            output = (self.folder / "output").read_text()
            assert passed < PATIENCE, f"never happened; notes: {self.notes}\n{output[-4000:]}"
            time.sleep(0.01)
        return time.monotonic() - start


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def count(table: str) -> int:
    return DjangoDriver().fetch(f"select count(*) as count from {table}")[0]["count"]  # noqa: S608


def cut_connections() -> None:
    """End every other session of ours, as a restart of the database does."""
    DjangoDriver().fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
        " and datname = current_database() and pid <> pg_backend_pid()"
    )


@contextmanager
def drilling(folder: Path) -> Iterator[Drill]:
    """An empty queue, and no process left behind."""
    _empty()
    with ExitStack() as processes:
        yield Drill(folder, processes)
    _empty()


def _empty() -> None:
    for table in TABLES:
        DjangoDriver().fetch(f"delete from {table}")  # noqa: S608
