"""The real web process, on a free port."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import Database, environment
from bench.processes import free_port, process, python


@contextmanager
def door(
    database: Database, folder: Path, **more: str
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Its port and its process."""
    port = free_port()
    env = environment(
        database.app,
        ALICERCE_WEB_PORT=str(port),
        ALICERCE_DATA_DIR=str(folder / "data"),
        **more,
    )
    arguments = python("-m", "alicerce", "web")
    log = folder / "web.log"
    with process(arguments, env=env, log=log, port=port, speaks_http=True) as started:
        yield port, started
