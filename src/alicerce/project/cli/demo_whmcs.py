"""`alicerce demo-whmcs FILE`: dumps of a WHMCS that never was, to try the import with."""

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from alicerce.project.cli.console import say
from alicerce.project.cli.parsing import parser_for
from alicerce.vendors.whmcs.events import busy_month
from alicerce.vendors.whmcs.world import Invoice, begin, live_until
from alicerce.vendors.whmcs.writing import write_dump

ABOUT = """Write the dump of a WHMCS database: clients, products, services, a year of invoices and payments,
tickets. It is billed by what WHMCS publishes of its billing, without a line of ours, and is the same for the same
seed. Nobody in it exists.

With --later a second dump is written, of the same company some days on: with it, what would have been billed here
is compared with what was billed there. --alter-cent makes one of its items a cent dearer than it was."""
LIVED = 365


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    world = begin(options.clients, options.seed, options.on - timedelta(days=LIVED))
    live_until(world, options.on)
    write_dump(world, options.file)
    say(f"{options.file}: {len(world.services)} services, {len(world.invoices)} invoices")
    if options.later:
        before = len(world.invoices)
        busy_month(world)
        live_until(world, options.on + timedelta(days=options.days))
        if options.alter_cent:
            _alter(world.invoices[before:])
        write_dump(world, options.later)
        say(f"{options.later}: {len(world.invoices) - before} invoices more")
    return 0


def _alter(invoices: Sequence[Invoice]) -> None:
    """One cent on the first item of a service that nobody touched."""
    for invoice in invoices:
        item = invoice.items[0]
        if item.service and item.service.status == "Active" and invoice.status != "Cancelled":
            item.cents += 1
            return


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("demo-whmcs", about=ABOUT)
    parser.add_argument("file", type=Path, help="where to write it; zipped when it ends in .gz")
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 31))
    parser.add_argument("--later", type=Path, help="a second dump, some days on")
    parser.add_argument("--days", type=int, default=30, help="how many days on")
    parser.add_argument("--alter-cent", action="store_true")
    return parser.parse_args(arguments)
