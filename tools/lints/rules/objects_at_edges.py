"""Pages, endpoints and reactions read through queries; managers stay inside."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source

EDGES = {"web", "api", "jobs", "webhooks"}


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or not (source.kind in EDGES or source.ring == "surfaces"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield Finding(node.lineno, "`.objects` at an edge: ask queries or services")
