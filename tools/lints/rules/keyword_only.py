"""Use cases and doors take keywords: the call reads like a sentence and survives a new argument."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source

STEP_DEPTH = 5  # apps, hosting, services, steps, create_account: a package inside is private


def check(source: Source) -> Iterator[Finding]:
    inner = len(source.place) >= STEP_DEPTH
    if source.kind not in {"services", "public"} or inner or source.is_test:
        return
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and _is_positional(node):
            yield Finding(node.lineno, f"`{node.name}` takes keywords: put `*` first")


def _is_positional(function: ast.FunctionDef) -> bool:
    positional = function.args.args or function.args.posonlyargs
    return bool(positional) and not function.name.startswith("_")
