"""What the figures were measured on."""

import os
import platform
from collections.abc import Callable
from importlib.metadata import version

import psutil
import psycopg

from bench.figures import note


def describe(admin_url: str | None = None) -> None:
    """Machine, load and versions: a figure without them means nothing."""
    one, five, _ = os.getloadavg()
    facts = [
        f"{os.cpu_count()} cores",
        f"{psutil.virtual_memory().total / 2**30:.1f} GiB",
        f"{platform.system()} {platform.machine()}",
        f"load {one:.1f} (1 min) {five:.1f} (5 min)",
        f"Python {platform.python_version()}",
        f"Django {version('Django')}",
        f"psycopg {version('psycopg')}",
        *([f"PostgreSQL {_server_version(admin_url)}"] if admin_url else []),
    ]
    note(" · ".join(facts))


def _server_version(admin_url: str) -> str:
    with psycopg.connect(admin_url) as connection:
        shown = connection.execute("show server_version").fetchone()
    return str(shown[0]) if shown else "?"


def cpu_clock(pid: int) -> Callable[[], float]:
    """Reads the CPU seconds of a process: in nanoseconds where the kernel has such a clock."""
    clock = ((~pid) << 3) | 2  # what clock_getcpuclockid(3) answers on Linux
    if platform.system() == "Linux":
        import time

        return lambda: time.clock_gettime(clock)
    process = psutil.Process(pid)
    return lambda: sum(process.cpu_times()[:2])


def family_cpu(pid: int) -> float:
    """CPU seconds so far of a process and its descendants, those that ended included."""
    root = psutil.Process(pid)
    return sum(_spent(one) for one in (root, *root.children(recursive=True)))


def _spent(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.Error:
        return 0.0
