"""Migrations run beside the code of yesterday: one line of history, one kind of change, no long lock.

`python -m tools.lints.migrations src` writes each app's max_migration.txt.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from tools.lints.source import Source, dotted, is_true, keyword, last

LATEST = "max_migration.txt"
DATA = {"RunPython"}
RENAMES = {"RenameField", "RenameModel", "AlterModelTable"}
SLOW = {"AddIndex": "AddIndexConcurrently", "RemoveIndex": "RemoveIndexConcurrently"}

C = TypeVar("C")
Complain = Callable[[Path, int, str, str], C]


def complaints(root: Path, complain: Complain[C]) -> Iterator[C]:
    for folder in _folders(root):
        steps = _steps(folder)
        for path, line, rule, message in [*_history(folder, steps), *_operations(steps)]:
            yield complain(path, line, rule, message)


def write_latest(root: Path) -> None:
    for folder in _folders(root):
        (folder / LATEST).write_text(f"{_steps(folder)[-1].path.stem}\n", encoding="utf-8")


def _folders(root: Path) -> list[Path]:
    return sorted({path.parent for path in root.rglob("migrations/[0-9]*.py")})


def _steps(folder: Path) -> list[Source]:
    files = sorted(folder.glob("[0-9]*.py"))
    return [Source(path, path.read_text(encoding="utf-8")) for path in files]


Trouble = tuple[Path, int, str, str]


def _history(folder: Path, steps: list[Source]) -> Iterator[Trouble]:
    latest = folder / LATEST
    recorded = latest.read_text(encoding="utf-8").strip() if latest.exists() else "nothing"
    if recorded != steps[-1].path.stem:
        message = f"says {recorded}, the last migration is {steps[-1].path.stem}"
        yield latest, 1, "migration-history", message
    for before, step in pairwise(steps):
        own = [name for app, name in _dependencies(step) if app == folder.parent.name]
        if own != [before.path.stem]:
            message = f"follows {own or 'nothing'}, not {before.path.stem}: history is one line"
            yield Path(step.path), 1, "migration-history", message


def _operations(steps: list[Source]) -> Iterator[Trouble]:
    for step in steps:
        for line, rule, message in _judged(step):
            if not any(allowance.covers(rule, line) for allowance in step.allowances):
                yield Path(step.path), line, rule, message


def _judged(step: Source) -> Iterator[tuple[int, str, str]]:
    listed = _listed(step)
    kinds = {last(operation.func) for operation in listed}
    if kinds & DATA and kinds - DATA:
        yield 1, "migration-mix", "schema and data in one migration: make it two"
    new = {
        _named(operation, "name")
        for operation in listed
        if last(operation.func) == "CreateModel"
    }
    for operation in listed:
        kind = last(operation.func)
        if kind in RENAMES:
            yield operation.lineno, "migration-rename", "a rename breaks the code still running"
        if kind in SLOW and _named(operation, "model_name") not in new:
            yield operation.lineno, "migration-lock", f"{kind} locks the table: {SLOW[kind]}"
        if kind in SLOW.values() and not _is_outside_transaction(step):
            yield operation.lineno, "migration-lock", f"{kind} needs `atomic = False`"


def _listed(step: Source) -> list[ast.Call]:
    for node in step.nodes:
        if isinstance(node, ast.Assign) and last(node.targets[0]) == "operations":
            elements = node.value.elts if isinstance(node.value, ast.List) else []
            return [element for element in elements if isinstance(element, ast.Call)]
    return []


def _dependencies(step: Source) -> Iterator[tuple[str, str]]:
    for node in step.nodes:
        if isinstance(node, ast.Assign) and last(node.targets[0]) == "dependencies":
            for pair in ast.walk(node.value):
                if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:  # noqa: PLR2004 - a pair
                    app, name = (str(getattr(part, "value", "")) for part in pair.elts)
                    yield app, name


def _named(operation: ast.Call, argument: str) -> str:
    value = keyword(operation, argument) or (operation.args[0] if operation.args else None)
    return str(getattr(value, "value", "")).lower()


def _is_outside_transaction(step: Source) -> bool:
    return any(
        isinstance(node, ast.Assign)
        and dotted(node.targets[0]) == "atomic"
        and isinstance(node.value, ast.Constant)
        and not is_true(node.value)
        for node in step.nodes
    )


if __name__ == "__main__":
    write_latest(Path(sys.argv[1] if sys.argv[1:] else "src"))
