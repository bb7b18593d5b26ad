"""`alicerce demo`: the main job, proved from order to live account."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.console import say
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for
from alicerce.project.demonstration.stack import throwaway_stack

ABOUT = """Open a host company on a throwaway stack, let visitors order and pay (half by Pix, half
by card), and wait until every account is live. Nothing of it is left afterwards.

With --chaos the providers duplicate, delay, reorder and drop their notices, WHM hangs after it
created the account, drops connections, answers nonsense, and workers are killed all the while.

Exit code 0 only when every paid order has exactly one account, the ledger balances and the audit
trail verifies."""


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    with throwaway_stack() as stack:
        start_django()
        outcome = import_module("alicerce.project.demonstration.run").demonstrate(
            stack=stack,
            orders=options.orders,
            chaos=options.chaos,
            seed=options.seed,
            patience=options.patience,
            live=sys.stdout.isatty() and not options.json,
        )
        say(json.dumps(outcome.as_json(), indent=2) if options.json else outcome.as_text())
        return 0 if outcome.is_proved else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("demo", about=ABOUT)
    parser.add_argument("--orders", type=_count, default=5, help="how many (default 5)")
    parser.add_argument(
        "--chaos", action="store_true", help="let everything go wrong meanwhile"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="repeats the same choices and faults (default 1)"
    )
    parser.add_argument(
        "--patience",
        type=_count,
        default=600,
        help="seconds to wait for the last account (default 600)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 100_000:  # noqa: PLR2004 (more is a load test, not a demonstration)
        raise argparse.ArgumentTypeError("must be from 1 to 100000")
    return value
