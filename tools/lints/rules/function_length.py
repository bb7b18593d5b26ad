"""A function past 60 lines tells more than one story."""

from collections.abc import Iterator

from tools.lints.source import Finding, Source

LONG = 60


def check(source: Source) -> Iterator[Finding]:
    for function in source.functions:
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LONG and not source.is_migration:
            yield Finding(function.lineno, f"`{function.name}` has {lines} lines, above {LONG}")
