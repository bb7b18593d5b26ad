"""What happens after a commit is a published fact: it survives the crash that on_commit does not."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source


def check(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if isinstance(node, ast.Attribute | ast.Name) and name == "on_commit":
            yield Finding(
                node.lineno, "`on_commit` forgets when the process dies: publish a fact"
            )
