"""HTML is made by templates, which escape; marking text safe is how scripts get in."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, last

WORDS = {"mark_safe", "SafeString", "SafeText"}


def check(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and last(node.func) in WORDS:
            yield Finding(node.lineno, f"`{last(node.func)}`: let a template escape it")
