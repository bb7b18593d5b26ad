"""SQL is written, not assembled: values travel as parameters."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, last

DOORS = {"execute", "executemany", "RunSQL", "RawSQL", "raw"}


def check(source: Source) -> Iterator[Finding]:
    if source.is_test:
        return
    assembled = _assembled_names(source)
    for call in source.calls:
        if last(call.func) not in DOORS:
            continue
        for given in call.args[:2]:
            if is_assembled(given) or last(given) in assembled:
                yield Finding(call.lineno, "SQL assembled from pieces: pass parameters")
                break


def is_assembled(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return _has_text(node) and not _is_fixed(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        composed = (
            last(node.func.value) == "SQL"
        )  # psycopg's own, which quotes what it is given
        return node.func.attr == "format" and _has_text(node.func.value) and not composed
    return False


def _is_fixed(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_fixed(node.left) and _is_fixed(node.right)
    return isinstance(node, ast.Constant)


def _has_text(node: ast.AST) -> bool:
    return any(isinstance(p, ast.Constant) and isinstance(p.value, str) for p in ast.walk(node))


def _assembled_names(source: Source) -> set[str]:
    return {
        last(target)
        for node in source.nodes
        if isinstance(node, ast.Assign)
        and is_assembled(node.value)
        and _looks_like_sql(node.value)
        for target in node.targets
    } - {""}


def _looks_like_sql(node: ast.AST) -> bool:
    words = " ".join(
        p.value
        for p in ast.walk(node)
        if isinstance(p, ast.Constant) and isinstance(p.value, str)
    )
    verbs = {"select", "insert", "update", "delete", "alter", "create", "drop", "grant", "set"}
    return bool(verbs & set(words.lower().split()))
