"""The demo data: offered once, loaded by a process of its own, remembered in a file."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from alicerce.project.cli.console import ask
from alicerce.project.cli.stack import Stack, without_owner
from alicerce.project.embedded.program import Program, command
from alicerce.project.embedded.runs import Run
from alicerce.project.embedded.secrets import write_privately
from alicerce.project.settings.env import SIMULATORS_READY

LOADER = "alicerce.project.demo_data"
QUESTION = "Load demo data (a hosting company with plans, a server and customers)?"
SignIn = dict[str, str]


def demo_loader(*, stack: Stack, run: Run, wanted: bool | None) -> Program | None:
    """The process that loads the demo data, when it is wanted and not there yet."""
    if stack.environment.is_production or find_spec(LOADER) is None:
        return None
    if (_answered(stack.folder) and wanted is not True) or _loaded(stack.folder):
        return None
    if not _is_wanted(wanted):
        _keep(stack.folder, None)
        return None
    variables = without_owner(stack.variables(run=run))
    return Program("demo data", command("load-demo"), variables, once=True)


def remember_sign_ins(*, folder: Path, sign_ins: list[SignIn]) -> None:
    _keep(folder, sign_ins)


def sign_ins(*, folder: Path) -> list[SignIn]:
    try:
        kept = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return kept or []


def simulators_ready_file(*, folder: Path) -> Path:
    """Written by the simulators once all of them listen."""
    return folder / SIMULATORS_READY


def _is_wanted(wanted: bool | None) -> bool:  # noqa: FBT001
    if wanted is not None:
        return wanted
    return ask(QUESTION) if sys.stdin.isatty() else True


def _answered(folder: Path) -> bool:
    return _file(folder).exists()


def _loaded(folder: Path) -> bool:
    return bool(sign_ins(folder=folder))


def _keep(folder: Path, kept: list[SignIn] | None) -> None:
    write_privately(path=_file(folder), content=json.dumps(kept))


def _file(folder: Path) -> Path:
    return folder / "demo.json"
