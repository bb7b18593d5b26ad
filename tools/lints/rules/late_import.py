"""Imports stand at the top: one inside a function hides an arrow from the reader."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source


def check(source: Source) -> Iterator[Finding]:
    """Apps register late by Django's design, and a command starts fast by importing late."""
    if source.is_test or source.is_migration or source.is_command or source.path.stem == "apps":
        return
    lines = {
        node.lineno
        for function in source.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    for line in sorted(lines):
        yield Finding(line, "import inside a function: move it to the top")
