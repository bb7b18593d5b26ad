"""`alicerce scheduler`: starts the jobs that run by the clock. Several may run at once."""

from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.django_process import start_django


def main(arguments: Sequence[str]) -> int:
    start_django()
    return int(import_module("alicerce.kernel.worker").scheduler_main(arguments))
