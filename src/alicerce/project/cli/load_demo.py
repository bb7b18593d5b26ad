"""`alicerce load-demo`: what `up` runs once to fill a new database."""

import json
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from alicerce.project.cli.demo_offer import LOADER, remember_sign_ins, simulators_ready_file
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for
from alicerce.project.embedded.errors import CannotStart

PATIENCE = 60


def main(arguments: Sequence[str]) -> int:
    parser_for("load-demo", about="Load the demo data into an empty database.").parse_args(
        arguments
    )
    environment = start_django()
    ready = _wait_for(simulators_ready_file(folder=environment.data_dir))
    people = import_module(LOADER).load(ready)
    remember_sign_ins(folder=environment.data_dir, sign_ins=people)
    return 0


def _wait_for(file: Path) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return dict(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            time.sleep(0.1)
    raise CannotStart("The simulators do not get ready, so no demo data was loaded.")
