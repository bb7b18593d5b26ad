"""`alicerce billing backfill`: subscriptions of orders that were paid before there were any."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alicerce.project.cli.console import bold, dim, say
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for
from alicerce.project.embedded.errors import CannotStart

if TYPE_CHECKING:
    from alicerce.apps.subscriptions.types.backfill import LateLine, LatePage

ABOUT = """Give each paid order line that renews the subscription it never got: it was sold before this
program wrote subscriptions, or that was lost. Without --write nothing is changed, and the same is printed.

A line for each: the company, the order, what was sold, what it costs a cycle, when it was paid and when it
renews first: at the end of the period that runs today. Periods that passed are not invoiced, nor what was
used in them. What stays out says why; look at those by hand. Stop it whenever you like and run it again:
the database refuses a second subscription of a line."""
NO_DATABASE = "no database to look at: start `alicerce up`, or set DATABASE_URL."
WHY: Mapping[str, str] = {
    "begins": "renews on {renews_on}",
    "not_paid": "left out: no invoice of its order was paid (a trial, or released by hand)",
    "money_back": "left out: its money went back, or is disputed",
    "stopped": "left out: what it delivered is suspended; resume or remove that first",
    "over": "left out: what it delivered was removed",
    "addon": "left out: an add-on; sell it onto its subscription",
}


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    if not start_django().database_url:
        raise CannotStart(NO_DATABASE)
    at = import_module("alicerce.kernel.clock").now()
    run = import_module("alicerce.project.backfill").backfill
    pages = run(dry=not options.write, at=at, only=options.company)
    report(pages, wrote=options.write, as_json=options.json)
    return 0


def report(
    pages: "Iterator[tuple[str, LatePage]]", *, wrote: bool, as_json: bool = False
) -> None:
    """Each page as soon as it is done, and what it comes to."""
    counted: Counter[str] = Counter()
    looked_at = 0
    for company, page in pages:
        looked_at += page.looked_at
        counted.update(line.outcome for line in page.lines)
        for line in page.lines:
            say(_as_json(company, line, wrote=wrote) if as_json else _told(company, line))
        if page.next_after and not as_json:
            say(dim(f"{looked_at} lines looked at …"))
    if as_json:
        return
    begins = counted.pop("begins", 0)
    out = "".join(f", {counted[why]} {why}" for why in WHY if counted[why])
    done = "were given" if wrote else "would be given"
    say(bold(f"{looked_at} lines that renew: {begins} {done} a subscription{out}."))
    if begins and not wrote:
        say("Nothing was changed. Again with --write to do it.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("billing backfill", about=ABOUT)
    parser.add_argument("--write", action="store_true", help="do it, after a look without")
    parser.add_argument(
        "--company", type=UUID, help="the id of one company; all of them without"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    return parser.parse_args(arguments)


def _told(company: str, line: "LateLine") -> str:
    price = f"{line.amount.currency} {line.amount.cents / 100:.2f}"
    paid = f", paid {line.paid_on}" if line.paid_on else ""
    why = WHY[line.outcome].format(renews_on=line.renews_on)
    return f"{company}  #{line.order_number}  {line.description}  {price}{paid}: {why}"


def _as_json(company: str, line: "LateLine", *, wrote: bool) -> str:
    said: dict[str, Any] = {"company": company, "written": wrote, **asdict(line)}
    said["written"] = wrote and line.outcome == "begins"
    return json.dumps(said, ensure_ascii=False, default=str)
