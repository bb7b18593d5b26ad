"""One run for each data folder: who holds it, and what an earlier one left alive."""

import fcntl
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.processes import survivors

MARK = "ALICERCE_RUN"
PATIENCE = 3


@dataclass(frozen=True)
class Run:
    """A run of the stack, as written in its lock file."""

    mark: str
    pid: int
    url: str
    database_port: int = 0


@contextmanager
def only_run(*, folder: Path, url: str) -> Iterator[Run]:
    """Hold the data folder; the lock dies with us, however we die. Raises CannotStart."""
    with _lock_file(folder).open("a+", encoding="utf-8") as file:
        _hold(file)
        earlier = _read(file)
        if earlier:
            end_survivors(mark=earlier.mark)
        run = Run(mark=uuid.uuid4().hex, pid=os.getpid(), url=url)
        _write(file, run)
        try:
            yield run
        finally:
            file.truncate(0)


def note(*, folder: Path, run: Run) -> None:
    """Tell other commands more about the run that we hold."""
    with _lock_file(folder).open("r+", encoding="utf-8") as file:
        _write(file, run)


def current_run(*, folder: Path) -> Run | None:
    """The run that holds this folder now."""
    try:
        with _lock_file(folder, make=False).open(encoding="utf-8") as file:
            return None if _is_free(file) else _read(file)
    except OSError:
        return None


def end_survivors(*, mark: str) -> None:
    """End the processes of a run whose supervisor was killed."""
    left = [process for process in psutil.process_iter() if _carries(process, mark)]
    for process in left:
        process.terminate()
    stubborn = survivors(of=left, after=PATIENCE)
    for process in stubborn:
        process.kill()
    survivors(of=stubborn, after=PATIENCE)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False


def _lock_file(folder: Path, *, make: bool = True) -> Path:
    place = folder / "run"
    if make:
        place.mkdir(mode=0o700, exist_ok=True)
    return place / "up.json"


def _hold(file: IO[str]) -> None:
    if not _locked(file):
        run = _read(file)
        who = f"process {run.pid}, at {run.url}" if run else "another process"
        how = f"kill {run.pid}" if run else "Ctrl-C in its terminal"
        raise CannotStart(
            f"Alicerce is already running ({who}); stop it with Ctrl-C there or with `{how}`."
        )


def _locked(file: IO[str]) -> bool:
    """Asked more than once: whoever looks at the current run holds the file for an instant."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _is_free(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(file: IO[str]) -> Run | None:
    file.seek(0)
    try:
        return Run(**json.loads(file.read()))
    except (ValueError, TypeError):
        return None


def _write(file: IO[str], run: Run) -> None:
    file.seek(0)
    file.truncate(0)
    file.write(json.dumps(asdict(run)))
    file.flush()
