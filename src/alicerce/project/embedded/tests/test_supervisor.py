"""The supervisor, as a real process with real children that die in every way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from alicerce.project.embedded.processes import lives, survivors

SUPERVISOR = """
import os, sys
from alicerce.project.embedded.output import Output
from alicerce.project.embedded.program import Program
from alicerce.project.embedded.supervisor import Supervisor

child = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(60)"
family = "import subprocess, sys; print('parent', flush=True); subprocess.run([sys.executable, '-c', %r])" % child
once = "print('done', flush=True)"
Supervisor(
    programs=[
        Program("child", ["-c", child], dict(os.environ)),
        Program("family", ["-c", family], dict(os.environ)),
        Program("once", ["-c", once], dict(os.environ), once=True),
    ],
    output=Output(),
).run()
"""


@pytest.fixture
def supervisor() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


class TestSupervisor:
    def test_starts_a_killed_child_again_and_says_so(self, supervisor):
        pids = first_pids(supervisor)
        os.kill(pids["child"], signal.SIGKILL)
        assert "child stopped (killed by SIGKILL); starting it again in 1 s" in until(
            supervisor, "stopped"
        )
        assert pid_in(until(supervisor, "child      │ pid")) != pids["child"]

    def test_stops_everything_on_sigterm(self, supervisor):
        pids = first_pids(supervisor)
        supervisor.terminate()
        assert supervisor.wait(timeout=10) == 0
        assert not [pid for pid in pids.values() if is_alive(pid)]

    @pytest.mark.skipif(sys.platform != "linux", reason="the tether is the Linux kernel's")
    def test_takes_its_children_along_when_killed(self, supervisor):
        pids = first_pids(supervisor)
        child = psutil.Process(pids["child"])
        supervisor.kill()
        assert survivors(of=[child], after=5) == []
        os.kill(pids["family"], signal.SIGKILL)  # a grandchild is its parent's to end


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and lives(psutil.Process(pid))


def first_pids(supervisor: "subprocess.Popen[str]") -> dict[str, int]:
    """The PIDs of the child and of the grandchild."""
    pids: dict[str, int] = {}
    while len(pids) < 2:
        line = until(supervisor, "│ pid")
        pids[line.split()[0]] = pid_in(line)
    return pids


def until(supervisor: "subprocess.Popen[str]", words: str) -> str:
    for line in supervisor.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying {words!r}")


def pid_in(line: str) -> int:
    return int(line.rsplit(maxsplit=1)[-1])
