"""`alicerce simulators`: every provider, pretended over real HTTP on the loopback."""

from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.environment import complete_environment
from alicerce.project.cli.parsing import parser_for

ABOUT = """Pretend to be every provider, over real HTTP on the loopback.

The control page is on ALICERCE_SIMULATORS_PORT; WHM, Pix, Stripe, the mail server, the
national NFS-e and DNS take the seven ports after it."""


def main(arguments: Sequence[str]) -> int:
    parser_for("simulators", about=ABOUT).parse_args(arguments)
    complete_environment()
    import_module("alicerce.project.simulators").main()
    return 0
