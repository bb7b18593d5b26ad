"""Rows are written by models and services; everybody else asks a service."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, dotted

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
BY_KEYWORDS = {"save", "create", "update", "delete"}
HOME = {"models", "services"}


def check(source: Source) -> Iterator[Finding]:
    at_home = source.kind in HOME or source.is_test or source.is_migration
    if at_home or source.ring not in {"apps", "surfaces", "project"}:
        return
    for call in source.calls:
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func):
            yield Finding(call.lineno, f"`.{call.func.attr}()` belongs in models or services")


def _writes(call: ast.Call, method: ast.Attribute) -> bool:
    """Rows are written by keyword (`save()`, `create(a=1)`); dicts, files and hashes are not."""
    if method.attr in ALWAYS or "objects" in dotted(method.value).split("."):
        return method.attr in ALWAYS | BY_KEYWORDS
    given = bool(call.args) or (method.attr in {"create", "update"} and not call.keywords)
    return method.attr in BY_KEYWORDS and not given
