"""Other processes: whether they live, and waiting for their end."""

import time
from collections.abc import Sequence

import psutil


def lives(process: psutil.Process) -> bool:
    """Neither gone nor dead and waiting for a careless init to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def survivors(*, of: Sequence[psutil.Process], after: float) -> list[psutil.Process]:
    """Those still alive after so many seconds, sooner when none is."""
    deadline = time.monotonic() + after
    while any(lives(process) for process in of) and time.monotonic() < deadline:
        time.sleep(0.02)
    return [process for process in of if lives(process)]
