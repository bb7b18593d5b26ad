"""`alicerce doctor`: looks for what is wrong, and says what to do about it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from alicerce.project.cli.console import bold, green, red, say, yellow
from alicerce.project.cli.database_checks import database_findings
from alicerce.project.cli.environment import complete_environment
from alicerce.project.cli.findings import Finding, fail, ok, warn, worst
from alicerce.project.cli.parsing import parser_for
from alicerce.project.cli.reach_checks import reach_findings
from alicerce.project.embedded.program import command
from alicerce.project.settings.env import Environment

ABOUT = """Look for what is wrong: the database and its roles, forced row security on every
tenant table, pending migrations, the age of the queue, the providers.

Without DATABASE_URL, the stack that `alicerce up` runs is looked at."""
EXIT_CODES = """exit codes:
  0  all is well
  1  warnings only
  2  something failed"""
MARKS = {"ok": green("ok  "), "warn": yellow("warn"), "fail": red("fail")}
COLUMN_GAP = 2
MEGABYTE = 1_000_000
FULL, TIGHT = 32, 500  # megabytes: two segments of the write-ahead log; a busy week


def main(arguments: Sequence[str]) -> int:
    parser = parser_for("doctor", about=ABOUT, examples=EXIT_CODES)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    findings = diagnose(environment=complete_environment())
    _print_json(findings) if options.json else _print_lines(findings)
    return worst(findings)


def diagnose(*, environment: Environment) -> list[Finding]:
    if not environment.database_url:
        return [fail("database", "none: set DATABASE_URL, or start `alicerce up`.")]
    database = database_findings(url=environment.database_url)
    return [
        *database,
        *([_migrations(environment)] if len(database) > 1 else []),
        *_disk(environment.data_dir / "postgres"),
        *reach_findings(environment=environment),
    ]


def _disk(database: Path) -> list[Finding]:
    """Whether an embedded database has room to write."""
    if not database.exists():
        return []
    left = shutil.disk_usage(database).free // MEGABYTE
    said = f"{left} MB left for {database}"
    if left < FULL:
        return [fail("disk", f"{said}: nothing can be ordered or paid; free some space.")]
    if left < TIGHT:
        return [warn("disk", f"{said}; free some space soon.")]
    return [ok("disk", f"{said}.")]


def _migrations(environment: Environment) -> Finding:
    if not environment.database_owner_url:
        return warn("migrations", "cannot be compared without DATABASE_OWNER_URL.")
    ended = subprocess.run(
        [sys.executable, *command("migrate", "--check")],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_ADMIN_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        return ok("migrations", "all applied.")
    if "Planned operations" in ended.stdout:
        return fail("migrations", "some are pending; run `alicerce migrate`.")
    reason = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
    return fail("migrations", f"could not be compared: {reason}")


def _print_json(findings: Sequence[Finding]) -> None:
    say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))


def _print_lines(findings: Sequence[Finding]) -> None:
    column = max(len(finding.name) for finding in findings) + COLUMN_GAP
    for finding in findings:
        say(f"{MARKS[finding.level]}  {bold(f'{finding.name:<{column}}')}{finding.sentence}")
