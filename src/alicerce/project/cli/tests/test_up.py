"""`alicerce up`, for real: a database, processes, and every way they may end."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psutil
import psycopg
import pytest

from alicerce.project.embedded.processes import lives
from alicerce.project.embedded.runs import MARK
from alicerce.project.embedded.throwaway import temporary_folder

PATIENCE = 60
IGNORED = ("ALICERCE_", "DATABASE_", "DJANGO_", "PYTEST")


@dataclass
class Up:
    """One `alicerce up` and what it said so far."""

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)

    def listen(self) -> None:
        with self.process.stdout as output:
            self.lines.extend(output)

    def said(self, words: str) -> bool:
        return any(words in line for line in list(self.lines))


@pytest.fixture(scope="module")
def variables() -> Iterator[dict[str, str]]:
    """Those of the stack that the tests of this module share."""
    with temporary_folder() as folder:
        yield variables_for(str(folder))


@pytest.fixture
def idle() -> Iterator[dict[str, str]]:
    """Those of a stack that nobody started."""
    with temporary_folder() as folder:
        yield variables_for(str(folder))


def variables_for(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(IGNORED)}
    return {
        **kept,
        "ALICERCE_DATA_DIR": folder,
        "ALICERCE_WEB_PORT": str(free_ports(1)),
        "ALICERCE_SIMULATORS_PORT": str(free_ports(8)),
        "DJANGO_SETTINGS_MODULE": "alicerce.project.cli.tests.tiny_settings",
    }


@pytest.fixture(scope="module")
def up(variables: dict[str, str]) -> Iterator[Up]:
    one = started(variables)
    until(lambda: one.said("Alicerce is up"), one)
    yield one
    one.process.kill()
    one.process.wait()
    sweep(variables)


class TestUp:
    def test_a_second_one_is_refused_in_one_sentence(self, up, variables):
        second = alicerce("up", variables)
        assert second.returncode == 1
        assert f"already running (process {up.process.pid}" in second.stderr

    def test_other_commands_find_its_database(self, up, variables):
        code = "import os; print(os.environ['DATABASE_URL'])"
        shown = alicerce("manage", variables, "shell", "--no-imports", "-c", code)
        with psycopg.connect(shown.stdout.strip()) as connection:
            assert connection.info.user == "alicerce_app"

    def test_the_web_server_has_no_owner_sign_in(self, up, variables):
        variables_of_web = child(up, "web").environ()
        assert "DATABASE_URL" in variables_of_web
        assert "DATABASE_OWNER_URL" not in variables_of_web

    def test_a_killed_web_server_comes_back(self, up, variables):
        before = child(up, "web").pid
        os.kill(before, signal.SIGKILL)
        until(lambda: up.said("web stopped (killed by SIGKILL)"), up)
        until(lambda: child(up, "web") is not None, up)
        assert child(up, "web").pid != before

    def test_a_killed_database_comes_back_on_the_same_port(self, up, variables):
        postmaster(up).kill()
        until(lambda: up.said("postgres stopped"), up)
        url = child(up, "worker").environ()["DATABASE_URL"]
        until(lambda: accepts(url), up)

    def test_a_killed_run_is_recovered(self, up, variables):
        mark = child(up, "scheduler").environ()[MARK]
        up.process.kill()
        up.process.wait()
        again = started(variables)
        until(lambda: again.said("Alicerce is up"), again)
        assert not again.said("bringing the database")
        assert [p for p in psutil.process_iter() if carries(p, mark)] == []
        family = psutil.Process(again.process.pid).children(recursive=True)
        again.process.terminate()
        assert again.process.wait(timeout=PATIENCE) == 0
        assert [p for p in family if lives(p)] == []
        up.process, up.lines = (fresh := started(variables)).process, fresh.lines
        until(lambda: fresh.said("Alicerce is up"), fresh)

    def test_a_taken_port_is_named_with_its_variable(self, idle):
        with socket.create_server(("127.0.0.1", int(idle["ALICERCE_WEB_PORT"]))):
            refused = alicerce("up", idle)
        assert refused.returncode == 1
        assert "choose another port with ALICERCE_WEB_PORT" in refused.stderr


class TestDoctor:
    def test_without_a_database_it_says_what_to_do(self, idle):
        ended = alicerce("doctor", idle, "--json")
        assert ended.returncode == 2
        assert json.loads(ended.stdout)[0]["sentence"].startswith("none: set DATABASE_URL")


def started(variables: dict[str, str]) -> Up:
    up = Up(
        subprocess.Popen(
            [sys.executable, "-m", "alicerce", "up", "--no-demo"],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    )
    threading.Thread(target=up.listen, daemon=True).start()
    return up


def alicerce(
    name: str, variables: dict[str, str], *arguments: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "alicerce", name, *arguments],
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def until(holds: Callable[[], bool], up: Up) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "".join(up.lines[-40:])
        time.sleep(0.05)


def child(up: Up, name: str) -> psutil.Process | None:
    return next((p for p in children(up) if p.cmdline()[-2:] == ["alicerce", name]), None)


def postmaster(up: Up) -> psutil.Process:
    return next(p for p in children(up) if "postgres" in p.name())


def children(up: Up) -> list[psutil.Process]:
    return [p for p in psutil.Process(up.process.pid).children() if lives(p)]


def carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False


def accepts(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def free_ports(count: int) -> int:
    """The first of some neighboring free ports, below those that systems hand out by themselves.

    A port that was handed out to a probe may be handed out again to a test beside this one.
    """
    while True:
        first = 20_000 + secrets.randbelow(12_000)
        if all(_is_free(first + step) for step in range(count)):
            return first


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        return False
    return True


def sweep(variables: dict[str, str]) -> None:
    """Whatever a failed test left running in this folder."""
    for process in psutil.process_iter():
        try:
            ours = process.environ().get("ALICERCE_DATA_DIR") == variables["ALICERCE_DATA_DIR"]
            if (ours or variables["ALICERCE_DATA_DIR"] in process.cwd()) and lives(process):
                process.kill()
        except (psutil.Error, OSError):
            continue
