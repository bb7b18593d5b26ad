"""The simulators as a process of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

PATIENCE = 20


def _row_of_ports():
    for first in range(21000, 60000, 10):
        try:
            for port in range(first, first + 6):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first
    raise AssertionError


def _start(folder, first):
    variables = {
        **os.environ,
        "ALICERCE_DATA_DIR": str(folder),
        "ALICERCE_SIMULATORS_PORT": str(first),
    }
    program = "from alicerce.project.simulators import main; main()"
    return subprocess.Popen([sys.executable, "-c", program], env=variables)


def _wait_for(path, process):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists():
            return json.loads(path.read_text())
    raise AssertionError


@pytest.fixture
def ready(tmp_path):
    return tmp_path / "simulators" / "ready.json"


class TestMain:
    def test_tells_when_ready_remembers_and_stops_at_once(self, tmp_path, ready):
        first = _row_of_ports()
        with _start(tmp_path, first) as process:
            said = _wait_for(ready, process)
            assert json.loads((tmp_path / "run" / "simulators.json").read_text()) == said
            state = httpx.get(f"{said['control']['url']}/state", trust_env=False).json()
            assert [server["accounts"] for server in state["whm"]] == [[], []]
            process.kill()
        ready.unlink()
        with _start(tmp_path, first) as process:
            assert _wait_for(ready, process) == said
            told = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
            assert time.monotonic() - told < 3
        assert not ready.exists()

    def test_says_which_port_is_taken(self, tmp_path):
        first = _row_of_ports()
        with socket.create_server(("127.0.0.1", first + 2)):
            program = "from alicerce.project.simulators import main; main()"
            ended = subprocess.run(
                [sys.executable, "-c", program],
                check=False,
                capture_output=True,
                env={
                    **os.environ,
                    "ALICERCE_DATA_DIR": str(tmp_path),
                    "ALICERCE_SIMULATORS_PORT": str(first),
                },
            )
        assert b"ALICERCE_SIMULATORS_PORT" in ended.stderr
