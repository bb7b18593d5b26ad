"""A child of the supervisor: one `alicerce` command in a process group of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from alicerce.project.embedded.tether import tether


@dataclass
class Program:
    """A command, and its process while it has one."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *self.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=tether(send=signal.SIGTERM),  # noqa: PLW1509 (only prctl runs there)
        )
        assert self.process.stdout
        os.set_blocking(self.process.stdout.fileno(), False)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def how_it_ended(self) -> str:
        code = self.process.returncode if self.process else 0
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def succeeded(self) -> bool:
        return self.process is not None and self.process.poll() == 0

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.terminate()

    def sweep(self) -> None:
        """End whatever is left of its group, such as the workers of a killed web server."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def command(name: str, *arguments: str) -> list[str]:
    """The arguments that make our interpreter run one of our commands."""
    return ["-m", "alicerce", name, *arguments]
