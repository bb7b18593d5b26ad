"""A join is named, or it follows every foreign key there is."""

from collections.abc import Iterator

from tools.lints.source import Finding, Source, last


def check(source: Source) -> Iterator[Finding]:
    for call in source.calls:
        if last(call.func) == "select_related" and not call.args:
            yield Finding(call.lineno, "`select_related()` without names follows every key")
