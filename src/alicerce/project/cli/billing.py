"""`alicerce billing`: figures somebody wrote down against the rules that bill, and what orders never got."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from alicerce.project.billing_cases.reading import Unreadable, scenarios_in
from alicerce.project.billing_cases.verifying import Status, Verdict, verify
from alicerce.project.cli import backfill
from alicerce.project.cli.console import complain, dim, green, red, say, yellow
from alicerce.project.cli.parsing import parser_for

ABOUT = """Compare a file of billing cases with the rules that this installation bills by: proration,
periods, discounts, taxes, wallets, refunds, late fees. Nothing is read from a database, nothing of
the file is run, and nothing is charged. docs/billing-rules.md explains the rules and the format,
docs/billing-cases.yaml is an example.

A line per case: `ok`, `differs` with what was expected and what came out, `proved by tests` for
behavior that a test of ours asserts, `not yet` for what the platform does not do, and `not
understood` for a case that our rules cannot answer: it counts neither way, but fails with --strict.

Exit code 0 when nothing differs, 1 when something does, 2 when the file cannot be read.

`alicerce billing backfill --help` tells of the other action: subscriptions that paid orders never got."""
DIFFERS = 1
MISUSED = 2
PAINT = {
    Status.OK: green,
    Status.DIFFERS: red,
    Status.PROVED: green,
    Status.NOT_YET: yellow,
    Status.NOT_UNDERSTOOD: yellow,
}


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["backfill"]:
        return backfill.main(arguments[1:])
    options = _options(arguments)
    try:
        verdicts = [verify(scenario) for scenario in scenarios_in(options.file)]
    except Unreadable as refusal:
        complain(str(refusal))
        return MISUSED
    if options.json:
        say(json.dumps(_document(verdicts), ensure_ascii=False, indent=2))
    else:
        _report(verdicts)
    failing = {Status.DIFFERS, *([Status.NOT_UNDERSTOOD] if options.strict else [])}
    return DIFFERS if any(one.status in failing for one in verdicts) else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("billing", about=ABOUT)
    parser.add_argument("action", choices=("verify", "backfill"))
    parser.add_argument("file", type=Path, help="a YAML file of cases")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--strict", action="store_true", help="fail on what is not understood")
    return parser.parse_args(arguments)


def _report(verdicts: Sequence[Verdict]) -> None:
    for one in verdicts:
        say(f"{one.id:<9} {one.title}: {PAINT[one.status](one.status)}{_details(one)}")
        if one.policy:
            say(dim(f"{'':<9} policy: {one.policy}"))
    counted = Counter(one.status for one in verdicts)
    summary = ", ".join(f"{counted[status]} {status}" for status in Status if counted[status])
    say(f"\n{len(verdicts)} cases: {summary}")


def _details(one: Verdict) -> str:
    told = [*map(str, one.differences), *one.tests, *([one.why] if one.why else [])]
    if one.differences and one.ignored:
        told.append(f"not looked at: {', '.join(one.ignored)}")
    return f": {'; '.join(told)}" if told else ""


def _document(verdicts: Sequence[Verdict]) -> dict[str, object]:
    counted = Counter(str(one.status) for one in verdicts)
    return {
        "cases": [asdict(one) for one in verdicts],
        "summary": {str(status): counted[status] for status in Status},
    }
