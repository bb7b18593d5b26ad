"""Our worker and queue with the short job in place of ours: what BullMQ is asked to do, no more."""

from dataclasses import replace
from importlib import import_module

from alicerce.project.cli.django_process import start_django

READING = "billing.read_received_notice"


def main() -> None:
    start_django()
    jobs = import_module("alicerce.kernel.jobs")
    jobs.discover()
    short = import_module("bench.activation.short_job").activate
    jobs.reactions[READING] = replace(jobs.reactions[READING], react=short)
    import_module("alicerce.kernel.worker").main([])


if __name__ == "__main__":
    main()
