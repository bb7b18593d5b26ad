"""`alicerce test`: the tests, on a PostgreSQL of their own (`conftest.py` starts it)."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from alicerce.project.cli.checkout import checkout
from alicerce.project.cli.parsing import parser_for

ABOUT = """Run the tests. Every option is pytest's.

A throwaway PostgreSQL is started and removed; ALICERCE_TEST_ADMIN_URL names another one to
use instead, as a superuser."""
EXAMPLES = """examples:
  alicerce test                              all of them, on every core
  alicerce test -k invoices -x               stop at the first failure
  alicerce test -n 0 --pdb src/alicerce/ui   one folder, one process, a debugger"""
ONE_PROCESS = {"-n", "--pdb", "--trace", "--co", "--collect-only", "-s", "--fixtures"}
EVERY_CORE = ["-n", "auto", "--dist", "worksteal"]  # neighbors stay together: they share worlds
NOT_FOR_TESTS = ("DATABASE_", "ALICERCE_ENV", "ALICERCE_SECRET", "ALICERCE_MASTER", "DJANGO_")
SLOW = frozenset({"PYTHONDONTWRITEBYTECODE"})


def main(arguments: Sequence[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        parser_for("test", about=ABOUT, examples=EXAMPLES).print_help()
        return 0
    root = checkout()
    return _run_pytest(list(arguments), str(root))


def _run_pytest(arguments: list[str], root: str) -> int:
    """A second Ctrl-C is pytest's to answer; we only wait for it to clean up."""
    options = [] if _chose_processes(arguments) else EVERY_CORE
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, *arguments],
            cwd=root,
            env=_environment(),
            check=False,
            preexec_fn=_heed_ctrl_c,
        ).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def _chose_processes(arguments: list[str]) -> bool:
    return any(one in ONE_PROCESS or one.startswith(("-n", "-pno:xdist")) for one in arguments)


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _environment() -> dict[str, str]:
    """Tests must not see the database or the keys of a real installation.

    Every worker, and every program that a test starts, would compile everything again if the
    first might not write down what it compiled.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if name not in SLOW and not name.startswith(NOT_FOR_TESTS)
    }
