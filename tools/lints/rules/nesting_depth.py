"""Past four levels nobody knows which case they are in: refuse early, then tell the story."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Function, Source

DEEPEST = 4
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def check(source: Source) -> Iterator[Finding]:
    for function in source.functions:
        depth = max((_depth(statement) for statement in function.body), default=0)
        if depth > DEEPEST:
            yield Finding(function.lineno, f"`{function.name}` is {depth} levels deep")


def _depth(node: ast.AST) -> int:
    if isinstance(node, Function | ast.ClassDef):
        return 0
    own = 1 if isinstance(node, BLOCKS) else 0
    return max([_else(node), *(own + _depth(child) for child in _inside(node))], default=own)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Children that stand deeper; an `elif` stands beside its `if`."""
    aside = node.orelse if _is_elif(node) else []  # type: ignore[attr-defined]
    return (child for child in ast.iter_child_nodes(node) if child not in aside)


def _else(node: ast.AST) -> int:
    own = 1 if isinstance(node, BLOCKS) else 0
    return max(own, _depth(node.orelse[0]) if _is_elif(node) else 0)  # type: ignore[attr-defined]


def _is_elif(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and len(node.orelse) == 1
        and isinstance(node.orelse[0], ast.If)
    )
