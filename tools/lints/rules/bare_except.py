"""Trouble is named when it is caught, and never swallowed."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, last


def check(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        if node.type is None:
            yield Finding(node.lineno, "bare `except`: name what you expect")
        elif last(node.type) in {"Exception", "BaseException"} and _does_nothing(node.body):
            yield Finding(node.lineno, "any trouble is swallowed: name it, or let it rise")


def _does_nothing(body: list[ast.stmt]) -> bool:
    return all(
        isinstance(line, ast.Pass | ast.Continue)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in body
    )
