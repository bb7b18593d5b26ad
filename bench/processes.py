"""Processes of the stack, started for one measurement and ended with it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from alicerce.project.embedded.tether import tether

HOST = "127.0.0.1"
PATIENCE = 60


class DidNotStart(Exception):
    """A process of the measurement ended, or never listened."""


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def process(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path,
    port: int | None = None,
    speaks_http: bool = False,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Yields once it listens on the port, or answers there. Its whole group is gone afterwards."""
    with log.open("ab") as output:
        started = subprocess.Popen(
            arguments,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=tether(send=signal.SIGTERM),  # noqa: PLW1509 (only prctl runs there)
        )
    try:
        if port:
            _wait_until_ready(started, port, log, _answers if speaks_http else _listens)
        yield started
    finally:
        _end(started)


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def kill_group(started: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


def _end(started: "subprocess.Popen[bytes]") -> None:
    started.terminate()
    with suppress(subprocess.TimeoutExpired):
        started.wait(10)
    kill_group(started)
    started.wait()


def _wait_until_ready(
    started: "subprocess.Popen[bytes]", port: int, log: Path, is_ready: Callable[[int], bool]
) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and started.poll() is None:
        with suppress(OSError):
            if is_ready(port):
                return
        time.sleep(0.05)
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
    raise DidNotStart("\n".join(tail))


def _listens(port: int) -> bool:
    socket.create_connection((HOST, port), timeout=1).close()
    return True


def _answers(port: int) -> bool:
    """A server may listen before the processes that answer are there."""
    with socket.create_connection((HOST, port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return bool(line.recv(1))
