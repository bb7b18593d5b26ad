"""`alicerce rotate-keys`: stored secrets under the current master key."""

from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.console import say
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for

ABOUT = """Put every stored secret under the current master key.

Put the new key before the old one in ALICERCE_MASTER_KEY, separated by a comma, and restart
everything: new secrets are sealed with the first, and both open. Then run this: afterwards the old
key opens nothing any more.

It still tells who wrote the audit trail of its time. Leave it after the comma as long as
`alicerce audit verify` shall check those rows; without it, the first of them counts as forged."""


def main(arguments: Sequence[str]) -> int:
    parser_for("rotate-keys", about=ABOUT).parse_args(arguments)
    start_django()
    renewed = import_module("alicerce.project.key_rotation").rotate_keys()
    say(
        f"{renewed} secrets moved to the current key; older keys open nothing any more, but still verify the audit trail."
    )
    return 0
