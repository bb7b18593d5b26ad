"""`python -m bench.activation`: from a paid order to an active service, and beside BullMQ."""

import argparse
import os
from importlib import import_module

from alicerce.project.cli.django_process import start_django
from alicerce.project.demonstration.stack import throwaway_stack
from bench.figures import note
from bench.machine import describe

PATIENT = {
    "ALICERCE_RETRY_PACE": "1.0",
    "ALICERCE_RECONCILE_SECONDS": "900",
    "ALICERCE_OUTSIDE_TIMEOUT": "180",
    "ALICERCE_QUEUE_HEARTBEAT": "15",
    "ALICERCE_WORKER_THREADS": "8",
}
"""The defaults of production, not the demonstration's hurry."""


def main() -> None:
    options = _options()
    if "three" in options.parts:
        import_module("bench.activation.three").report(options)
    if "real" in options.parts:
        _measure_real_flow(options)
    if "count" in options.parts:
        _count_statements(options)


def _count_statements(options: argparse.Namespace) -> None:
    note("\nActivation: what one order says to the database")
    os.environ |= PATIENT
    with throwaway_stack() as stack:
        start_django()
        describe(os.environ["DATABASE_OWNER_URL"])
        count = import_module("bench.activation.count")
        count.report(stack, orders=options.orders, patience=options.patience, top=options.top)


def _measure_real_flow(options: argparse.Namespace) -> None:
    note("\nActivation: the real flow")
    os.environ |= PATIENT
    with throwaway_stack() as stack:
        start_django()
        describe(os.environ["DATABASE_OWNER_URL"])
        real = import_module("bench.activation.real")
        plan = real.Plan(options.single, options.rate, options.seconds, options.patience)
        real.report(stack, plan)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.activation", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", default=["three", "real"], help="three, real, count"
    )
    parser.add_argument("--single", type=int, default=30, help="orders one at a time")
    parser.add_argument("--rate", type=float, default=50.0, help="paid orders a second")
    parser.add_argument("--seconds", type=float, default=10.0, help="for how long")
    parser.add_argument("--orders", type=int, default=40, help="orders to count")
    parser.add_argument("--top", type=int, default=0, help="the most frequent statements")
    parser.add_argument("--patience", type=float, default=240.0, help="for the last one")
    return parser.parse_args()


if __name__ == "__main__":
    main()
