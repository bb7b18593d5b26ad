"""A small application behind the reader of bodies, on the server that we use. Run by a test."""

import sys

from alicerce.project.bodies import Bodies


def echo(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


application = Bodies(echo, readers=1)

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
