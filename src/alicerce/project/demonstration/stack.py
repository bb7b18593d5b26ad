"""A whole stack in a temporary folder, on free ports, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from alicerce.project.cli.demo_offer import sign_ins
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.tether import tether

PATIENCE = 120.0
PORTS = 9
HURRY = {
    "ALICERCE_RETRY_PACE": "0.02",
    "ALICERCE_RECONCILE_SECONDS": "4",
    "ALICERCE_OUTSIDE_TIMEOUT": "4",
    "ALICERCE_QUEUE_HEARTBEAT": "2",
    "ALICERCE_WORKER_THREADS": "16",
    # Each visitor says where they come from: a crowd behind one address is a flood.
    "ALICERCE_TRUSTED_PROXIES": "1",
}


@dataclass(frozen=True)
class ThrowawayStack:
    folder: Path
    base_url: str
    simulators_url: str
    pid: int


@contextmanager
def throwaway_stack() -> Iterator[ThrowawayStack]:
    """`alicerce up` with demo data and no patience. Yields once everything answers."""
    folder = Path(tempfile.mkdtemp(prefix="alicerce-demo-"))
    web, simulators = free_ports()
    variables = {
        "ALICERCE_DATA_DIR": str(folder / "data"),
        "ALICERCE_WEB_PORT": str(web),
        "ALICERCE_SIMULATORS_PORT": str(simulators),
        "ALICERCE_BASE_URL": f"http://127.0.0.1:{web}",
        "ALICERCE_SMTP_URL": f"smtp://127.0.0.1:{simulators + 4}",
        **{name: os.environ.get(name, value) for name, value in HURRY.items()},
    }
    os.environ |= variables
    with (folder / "up.log").open("wb") as log, _up(log) as process:
        try:
            stack = ThrowawayStack(
                folder / "data",
                variables["ALICERCE_BASE_URL"],
                f"http://127.0.0.1:{simulators}",
                process.pid,
            )
            _wait_until_ready(stack, process, folder / "up.log")
            yield stack
        finally:
            _stop(process)
    _remove(folder)


def _remove(folder: Path) -> None:
    """The database, too, where root keeps it outside of a folder that others may not enter."""
    shutil.rmtree((folder / "data" / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def free_ports() -> tuple[int, int]:
    """One for the web, and the first of a run of free ones for the simulators."""
    with socket.create_server(("127.0.0.1", 0)) as web:
        for first in range(web.getsockname()[1] + 1, 65000, PORTS):
            if all(_is_free(port) for port in range(first, first + PORTS)):
                return web.getsockname()[1], first
    raise CannotStart("No free ports are left on 127.0.0.1.")


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _up(log: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "alicerce", "up", "--demo"],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=tether(send=signal.SIGTERM),  # noqa: PLW1509 (only prctl runs there)
    )


def _wait_until_ready(
    stack: ThrowawayStack, process: "subprocess.Popen[bytes]", log: Path
) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if sign_ins(folder=stack.folder) and _answers(stack):
            return
        time.sleep(0.2)
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
    raise CannotStart("The stack did not start. Its last words:\n" + "\n".join(tail))


def _answers(stack: ThrowawayStack) -> bool:
    try:
        ready = httpx.get(f"{stack.base_url}/readyz", trust_env=False)
        return ready.is_success and "/pedir/" in httpx.get(stack.base_url, trust_env=False).text
    except httpx.HTTPError:
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        process.kill()
