"""One run for each data folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.runs import MARK, current_run, end_survivors, only_run


class TestOnlyRun:
    def test_refuses_a_second_one_and_names_the_first(self, tmp_path: Path):
        with only_run(folder=tmp_path, url="http://here"):
            refused = pytest.raises(
                CannotStart, match=rf"process {os.getpid()}, at http://here"
            )
            with refused, only_run(folder=tmp_path, url="http://there"):
                pass

    def test_is_seen_by_others_only_while_it_lasts(self, tmp_path: Path):
        with only_run(folder=tmp_path, url="http://here") as run:
            assert current_run(folder=tmp_path) == run
        assert current_run(folder=tmp_path) is None


class TestEndSurvivors:
    def test_ends_the_processes_of_that_run_alone(self):
        mine, other = sleeper("mine"), sleeper("other")
        end_survivors(mark="mine")
        assert mine.wait(timeout=1) == -signal.SIGTERM
        assert other.poll() is None
        other.kill()
        other.wait()


def sleeper(mark: str) -> "subprocess.Popen[bytes]":
    code = "import time; print(flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env={MARK: mark}, stdout=subprocess.PIPE
    )
    process.stdout.readline()
    process.stdout.close()
    return process
