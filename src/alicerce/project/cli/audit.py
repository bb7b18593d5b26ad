"""`alicerce audit`: verify the trail, print its heads, export it for an auditor."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from alicerce.project.cli.console import complain, say
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for
from alicerce.project.embedded.errors import CannotStart

ABOUT = """Verify the audit trail: every entry against the seal that covers it, and every seal
against the one before. The first entry that was edited, deleted, inserted or moved is named.

`verify` reads the database, or with --file an export, for which no database is needed. Read from
the database, each row must also carry a code that only this installation's master key makes, or one
that stands after the comma in ALICERCE_MASTER_KEY: a row put there by hand is found at once. An
export is checked without any key, by its seals alone, and the report says so.
`head` prints the last seal of each tenant: keep that on another machine. `verify --heads` then
also finds a trail whose end was cut off, or that was made anew.
`export` writes everything an auditor needs, one JSON object a line.

Exit code 0 when every trail is intact, 1 when one is not."""
BROKEN = 1
NO_DATABASE = "no database to read: start `alicerce up`, set DATABASE_URL, or give --file."


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    trails = _from_file(options.file) if options.file else _from_database()
    if options.action == "export":
        for trail in trails:
            sys.stdout.write(json.dumps(asdict(trail), ensure_ascii=False) + "\n")
        return 0
    kept = _heads(options.heads) if options.heads else {}
    trails += _lost(trails, kept)
    keys = None if options.file else import_module("alicerce.apps.audit.queries").keys()
    return _report(
        _judge(trails, kept, keys), as_json=options.json, heads_only=options.action == "head"
    )


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("audit", about=ABOUT)
    parser.add_argument(
        "action", choices=("verify", "head", "export"), nargs="?", default="verify"
    )
    parser.add_argument("--file", type=Path, help="an export, instead of the database")
    parser.add_argument("--heads", type=Path, help="what `head` once printed, to compare with")
    parser.add_argument("--json", action="store_true", help="print one JSON object a tenant")
    return parser.parse_args(arguments)


def _heads(path: Path) -> dict[str, list[str]]:
    """Heads by tenant, from any number of outputs of `head`, one after the other."""
    kept: dict[str, list[str]] = defaultdict(list)
    for line in _lines(path):
        tenant_id, head = [*line.split(), "", ""][:2]
        if head:
            kept[tenant_id].append(head)
    return kept


def _lost(trails: Sequence[Any], kept: Iterable[str]) -> list[Any]:
    """Tenants that once had a trail and have none now: an empty one, which is found to be cut."""
    from alicerce.apps.audit.types import Trail

    known = {trail.tenant_id for trail in trails}
    return [Trail(tenant_id, {}, ()) for tenant_id in kept if tenant_id not in known]


def _judge(
    trails: Iterable[Any], kept: Mapping[str, list[str]], keys: Mapping[str, bytes] | None
) -> list[Any]:
    from alicerce.apps.audit.rules.verifying import verify
    from alicerce.kernel.clock import now

    return [
        verify(trail, at=now(), kept=kept.get(trail.tenant_id, ()), keys=keys)
        for trail in trails
    ]


def _report(verdicts: Sequence[Any], *, as_json: bool, heads_only: bool) -> int:
    for verdict in verdicts:
        if as_json:
            say(json.dumps({**asdict(verdict), "intact": verdict.intact}))
        elif heads_only:
            say(f"{verdict.tenant_id}  {verdict.head}  {verdict.sealed} entries")
        elif verdict.intact:
            say(
                f"{verdict.tenant_id}  intact: {verdict.entries} entries, {verdict.sealed} sealed"
            )
        else:
            complain(f"{verdict.tenant_id}  {verdict.fault}: {verdict.where}")
    if not (as_json or heads_only):
        _say_what_was_checked(verdicts)
    return BROKEN if any(not verdict.intact for verdict in verdicts) else 0


def _say_what_was_checked(verdicts: Sequence[Any]) -> None:
    if not verdicts:
        say("the trail is empty")
    elif not all(verdict.authenticated for verdict in verdicts):
        say(
            "seals checked; who wrote the rows was not: that needs the database and its master key"
        )


def _from_database() -> list[Any]:
    if not start_django().database_url:
        raise CannotStart(NO_DATABASE)
    return list(import_module("alicerce.apps.audit.queries").trails())


def _from_file(path: Path) -> list[Any]:
    from alicerce.apps.audit.types import Leaf, SealedBatch, Trail

    def seal(raw: dict[str, Any]) -> SealedBatch:
        return SealedBatch(**{**raw, "leaves": tuple(Leaf(**leaf) for leaf in raw["leaves"])})

    return [
        Trail(
            raw["tenant_id"],
            raw["entries"],
            tuple(seal(s) for s in raw["seals"]),
            raw.get("macs", {}),
        )
        for raw in map(json.loads, _lines(path))
    ]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise CannotStart(f"there is no file {path}.") from None
