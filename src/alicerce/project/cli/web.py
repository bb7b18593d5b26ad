"""`alicerce web`: the pages and the API, on granian."""

from collections.abc import Sequence

from alicerce.project.cli.environment import complete_environment
from alicerce.project.cli.parsing import parser_for

ABOUT = """Serve the pages and the API.

ALICERCE_WEB_HOST, ALICERCE_WEB_PORT, ALICERCE_WEB_WORKERS and ALICERCE_WEB_THREADS say where
and how. SIGTERM finishes the requests in hand."""
DRAIN = 20


def main(arguments: Sequence[str]) -> int:
    parser_for("web", about=ABOUT).parse_args(arguments)
    environment = complete_environment()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "alicerce.project.wsgi:application",
        address=environment.web_host,
        port=environment.web_port,
        interface=Interfaces.WSGI,
        workers=environment.web_workers,
        blocking_threads=environment.web_threads,
        workers_kill_timeout=DRAIN,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    ).serve()
    return 0
