"""`alicerce worker`: runs the jobs."""

from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.django_process import start_django


def main(arguments: Sequence[str]) -> int:
    start_django()
    return int(import_module("alicerce.kernel.worker").main(arguments))
