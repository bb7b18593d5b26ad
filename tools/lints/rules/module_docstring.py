"""A module's first line says what the file is."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or source.is_migration or not source.tree.body:
        return
    if not ast.get_docstring(source.tree):
        yield Finding(1, "the first line says what this file is")
