"""Errors, events and permissions are words: of Django they know translation, no more."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source

WORDS = {"errors", "events", "permissions"}
ENOUGH = {"django.utils.translation", "django.utils.functional"}


def check(source: Source) -> Iterator[Finding]:
    if source.kind not in WORDS:
        return
    for node in source.nodes:
        named = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        module = node.module if isinstance(node, ast.ImportFrom) else None
        for name in filter(None, [*named, module]):
            if name.partition(".")[0] == "django" and name not in ENOUGH:
                yield Finding(node.lineno, f"`{name}` in {source.kind}")  # type: ignore[attr-defined]
