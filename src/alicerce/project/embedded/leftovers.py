"""What a killed run left behind: a postmaster still alive, or only its lock file."""

import signal
from pathlib import Path

import psutil

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.processes import lives, survivors

PATIENCE = 60


def clear_leftovers(*, data: Path) -> None:
    """Stop a surviving postmaster of this folder and drop a lock file that names nobody of ours.

    PostgreSQL only asks whether the process in its lock file exists: after a reboot another
    program may carry that number, and in a container a dead one may never be reaped.
    """
    survivor = _postmaster_of(data)
    if survivor:
        _stop(survivor)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _postmaster_of(data: Path) -> psutil.Process | None:
    try:
        first_line = (data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]
        process = psutil.Process(int(first_line))
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return process if _runs_in(process, data) else None


def _runs_in(process: psutil.Process, data: Path) -> bool:
    try:
        return (
            lives(process)
            and "postgres" in process.name()
            and Path(process.cwd()) == data.resolve()
        )
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False
    except psutil.AccessDenied:
        raise CannotStart(
            f"Process {process.pid}, of another user, may be using {data}; stop it first."
        ) from None


def _stop(process: psutil.Process) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT):
        process.send_signal(number)
        if not survivors(of=[process], after=PATIENCE):
            return
    raise CannotStart(f"A PostgreSQL of an earlier run (process {process.pid}) does not stop.")
