"""A small application behind the reader of bodies, on the server that we use. Run by a test."""

import sys
from contextlib import suppress

from alicerce.project.bodies import Bodies, Unread


def echo(environ, start):
    """Says what it was told, as far as it could be read; never looks at what goes to /ignored."""
    start("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/ignored":
        return [b"ignored"]
    with suppress(Unread):
        return [environ["wsgi.input"].read()]
    return [b"unread"]


application = Bodies(echo, readers=1, larger={"/files": 4_000_000})

if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "tests.journeys.slow_program:application",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=3,
        log_level=LogLevels.error,
    ).serve()
