"""The least a WSGI application can do with a posted body: what the web server costs by itself."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bench.processes import HOST

THREADS = 8


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", "0")])
    return [b""]


def main() -> None:
    Granian(
        "bench.webhooks.trivial:application",
        address=HOST,
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
