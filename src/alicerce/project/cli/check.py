"""`alicerce check`: every gate of the house that is not a test."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alicerce.project.cli.checkout import checkout
from alicerce.project.cli.console import bold, green, red, say
from alicerce.project.cli.parsing import parser_for

ABOUT = "Format, lint, types, import contracts, house rules and migrations. Exit code 1 on any."


@dataclass(frozen=True)
class Gate:
    """A tool that must find nothing."""

    name: str
    arguments: tuple[str, ...]


FIXES = (
    Gate("fix", ("-m", "ruff", "check", "--fix", "--quiet", ".")),
    Gate("format", ("-m", "ruff", "format", ".")),
)
GATES = (
    Gate("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Gate("lint", ("-m", "ruff", "check", "--quiet", ".")),
    Gate(
        "types",
        (
            "-m",
            "mypy",
        ),
    ),
    Gate("imports", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    Gate("house", ("-m", "tools.lints", "src")),
    Gate("migrations", ("-m", "alicerce", "manage", "makemigrations", "--check", "--dry-run")),
)


def main(arguments: Sequence[str]) -> int:
    parser = parser_for("check", about=ABOUT)
    parser.add_argument(
        "--fix", action="store_true", help="first correct what can be corrected"
    )
    parser.add_argument("gates", nargs="*", help=", ".join(gate.name for gate in GATES))
    options = parser.parse_args(arguments)
    unknown = set(options.gates) - {gate.name for gate in GATES}
    if unknown:
        parser.error(f"no such gate: {', '.join(sorted(unknown))}")
    chosen = [gate for gate in GATES if not options.gates or gate.name in options.gates]
    root = checkout()
    results = [_passes(gate, root) for gate in (*(FIXES if options.fix else ()), *chosen)]
    return 0 if all(results) else 1


def _passes(gate: Gate, root: Path) -> bool:
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, *gate.arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = ended.returncode == 0
    mark = green("ok  ") if passed else red("fail")
    say(f"{mark} {bold(gate.name)} ({time.monotonic() - started:.1f} s)")
    if not passed:
        say(ended.stdout.rstrip())
    return passed
