"""A module past 300 lines is a package by verb that nobody made yet."""

from collections.abc import Iterator

from tools.lints.source import Finding, Source

LONG, ABSURD = 300, 500


def check(source: Source) -> Iterator[Finding]:
    lines = len(source.text.splitlines())
    limit = ABSURD if source.is_test else LONG
    if lines > limit and not source.is_migration:
        yield Finding(1, f"{lines} lines: above {limit}, split it by what it does")
