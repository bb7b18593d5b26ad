"""A reference to another app leaves no way back: related_name="+"."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, keyword, last

REFERENCES = {"ForeignKey", "OneToOneField", "ManyToManyField", "TenantForeignKey"}


def check(source: Source) -> Iterator[Finding]:
    if source.kind != "models":
        return
    for call in source.calls:
        if (
            last(call.func) in REFERENCES
            and _goes_abroad(source, call)
            and not _is_one_way(call)
        ):
            yield Finding(call.lineno, 'a reference to another app has related_name="+"')


def _goes_abroad(source: Source, call: ast.Call) -> bool:
    target = call.args[0] if call.args else keyword(call, "to")
    if isinstance(target, ast.Constant):
        app, dot, _ = str(target.value).rpartition(".")
        return bool(dot) and app != source.app
    return last(target) == "AUTH_USER_MODEL"


def _is_one_way(call: ast.Call) -> bool:
    name = keyword(call, "related_name")
    if name is None:
        return last(call.func) == "TenantForeignKey"  # it says "+" by itself
    return isinstance(name, ast.Constant) and name.value == "+"
