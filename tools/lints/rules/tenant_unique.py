"""Uniqueness is per tenant: a bare unique column tells one tenant what another has."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, classes, is_true, keyword, last

TENANT_MODELS = {"TenantModel", "OperatedModel", "AppendOnlyModel"}
TENANT = {"tenant", "tenant_id"}


def check(source: Source) -> Iterator[Finding]:
    for model in classes(source):
        if TENANT_MODELS & {last(base) for base in model.bases}:
            for node in ast.walk(model):
                if isinstance(node, ast.Call):
                    yield from _leaks(node)


def _leaks(call: ast.Call) -> Iterator[Finding]:
    if is_true(keyword(call, "unique")) or last(call.func) == "OneToOneField":
        yield Finding(
            call.lineno, "unique across tenants: use UniqueConstraint with the tenant"
        )
    if is_true(keyword(call, "db_index")):
        yield Finding(call.lineno, "an index starts with the tenant: use Meta.indexes")
    if last(call.func) in {"UniqueConstraint", "Index"} and _first_field(call) not in TENANT:
        yield Finding(call.lineno, f"{last(call.func)} starts with the tenant")


def _first_field(call: ast.Call) -> str:
    fields = keyword(call, "fields")
    if isinstance(fields, ast.List | ast.Tuple) and fields.elts:
        first: ast.expr | None = fields.elts[0]
    else:
        first = call.args[0] if call.args else None
    while isinstance(first, ast.Call) and first.args:  # F("tenant"), Lower("code")
        first = first.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else last(first)
