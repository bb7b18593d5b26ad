"""Runs every rule over every file and says what it found, one line each."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.lints import migrations, rules, templates
from tools.lints.source import Finding, Source

Rule = Callable[[Source], Iterable[Finding]]


class Complaint(NamedTuple):
    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.rule} {self.message}"


def lint(root: Path) -> list[Complaint]:
    """Every complaint about the tree below, in reading order."""
    return sorted([*_modules(root), *_pages(root), *migrations.complaints(root, Complaint)])


def _modules(root: Path) -> Iterator[Complaint]:
    for path in sorted(root.rglob("*.py")):
        yield from _judged(path, python_rules())


def _pages(root: Path) -> Iterator[Complaint]:
    known = templates.known_tags(root)
    for path in sorted(
        p for p in root.rglob("templates/**/*") if p.suffix in {".html", ".txt"}
    ):
        yield from _judged(path, templates.rules(known))


def _judged(path: Path, chosen: dict[str, Rule]) -> Iterator[Complaint]:
    source = Source(path, path.read_text(encoding="utf-8"))
    for line, rule, message in judge(source, chosen):
        yield Complaint(path, line, rule, message)


def judge(source: Source, chosen: dict[str, Rule]) -> Iterator[tuple[int, str, str]]:
    """What the rules say of one file, less what it was allowed, plus allowances gone stale."""
    spoken_for = set()
    for name, rule in chosen.items():
        for line, message in rule(source):
            allowed = [a for a in source.allowances if a.covers(name, line)]
            spoken_for.update(allowed)
            if not allowed:
                yield line, name, message
    for allowance in source.allowances:
        if not allowance.reason:
            yield allowance.line, "allow", "an exception says `because <reason>`"
        elif allowance not in spoken_for:
            yield allowance.line, "allow", f"nothing here breaks `{allowance.rule}` any more"


@cache
def python_rules() -> dict[str, Rule]:
    """The rules by name: the file `late_import.py` is the rule `late-import`."""
    found = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {
        name.replace("_", "-"): importlib.import_module(f"{rules.__name__}.{name}").check
        for name in found
    }
