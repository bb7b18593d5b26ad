"""The simulators as a process of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

PATIENCE = 60
PORTS = 8


@pytest.fixture
def first():
    """The first of a row of free ports."""
    for port in range(21000 + os.getpid() % 1000 * 10, 60000, 10):
        try:
            for step in range(PORTS):
                socket.create_server(("127.0.0.1", port + step)).close()
        except OSError:
            continue
        return port
    raise AssertionError


@contextmanager
def _running(folder, first):
    told = {"ALICERCE_DATA_DIR": str(folder), "ALICERCE_SIMULATORS_PORT": str(first)}
    program = "from alicerce.project.simulators import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program], env=os.environ | told, stderr=subprocess.PIPE
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for(path, process):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists():
            return json.loads(path.read_text())
    raise AssertionError(path)


class TestMain:
    def test_tells_where_everybody_is_and_what_it_kept_when_killed(self, tmp_path, first):
        ready = tmp_path / "simulators" / "ready.json"
        with _running(tmp_path, first) as process:
            said = _wait_for(ready, process)
            assert _wait_for(tmp_path / "run" / "simulators.json", process) == said
            state = httpx.get(f"{said['control']['url']}/state", trust_env=False).json()
            assert [server["accounts"] for server in state["whm"]] == [[], []]
        ready.unlink()

        with _running(tmp_path, first) as process:
            assert _wait_for(ready, process) == said

    def test_stops_at_once_when_told(self, tmp_path, first):
        ready = tmp_path / "simulators" / "ready.json"
        with _running(tmp_path, first) as process:
            _wait_for(ready, process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        assert not ready.exists()

    def test_says_when_a_port_is_taken(self, tmp_path, first):
        taken = socket.create_server(("127.0.0.1", first + 2))
        with taken, _running(tmp_path, first) as process:
            _, said = process.communicate(timeout=PATIENCE)

        assert b"ALICERCE_SIMULATORS_PORT" in said
