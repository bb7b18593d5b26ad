"""Money is integer cents; a float near it loses some."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, dotted, last

MONEY = {"cents", "amount", "price", "total", "balance", "fee"}
NOT_MONEY = {"seconds", "ms", "percent", "ratio", "rate", "count", "bytes"}


def check(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        yield from _float_calls(node)
        yield from _float_names(node)
        yield from _float_columns(node)


def _float_calls(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Call) and dotted(node.func) == "float":
        inside = [part for given in node.args for part in ast.walk(given)]
        if any(is_money(last(part)) for part in inside):
            yield Finding(node.lineno, "`float()` of money: keep integer cents")


def _float_names(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.arg):
        name, annotation = node.arg, node.annotation
    elif isinstance(node, ast.AnnAssign):
        name, annotation = last(node.target), node.annotation
    elif isinstance(node, ast.FunctionDef):
        name, annotation = node.name, node.returns
    else:
        return
    if is_money(name) and "float" in [last(part) for part in _parts(annotation)]:
        yield Finding(node.lineno, f"`{name}` as float: money is integer cents")


def _float_columns(node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Assign) and last(node.value) == "FloatField":
        for name in filter(is_money, map(last, node.targets)):
            yield Finding(node.lineno, f"`{name}` as FloatField: money is integer cents")


def is_money(name: str) -> bool:
    words = set(name.lower().split("_"))
    return bool(words & MONEY) and not words & NOT_MONEY


def _parts(annotation: ast.AST | None) -> list[ast.AST]:
    return list(ast.walk(annotation)) if annotation else []
