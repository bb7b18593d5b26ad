"""What every operation takes beside its own: headers, relations to fill in, metadata to find by."""

from collections.abc import Iterator
from typing import Any

from ninja.operation import Operation

from alicerce.apps.developers.types import API_VERSIONS
from alicerce.kernel.rest.metadata import takes_metadata
from alicerce.surfaces.api.reading import expandable

Node = dict[str, Any]


def parameters(method: str, operation: Operation) -> Iterator[Node]:
    yield _header(
        "Alicerce-Version",
        "A versão que deve responder; sem ela, a da chave.",
        {"enum": list(API_VERSIONS)},
    )
    yield _header("Accept-Language", "`pt-BR` ou `en`.", {"examples": ["pt-BR"]})
    if method == "post":
        yield _header(
            "Idempotency-Key",
            "Um nome seu para este pedido: repetido em 24 h, é feito uma vez só.",
            {"minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        )
    if method == "patch":
        yield _header("If-Match", "O ETag que você leu.", {}) | {"required": True}
    if takes_metadata(operation):
        yield {
            "name": "metadata",
            "in": "query",
            "required": False,
            "description": "Só o que tem isto em `metadata`: `metadata[erp_id]=4711`.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
            "style": "deepObject",
            "explode": True,
        }
    if paths := expandable(operation):
        items = {"type": "string", "enum": list(paths)}
        yield {
            "name": "expand",
            "in": "query",
            "required": False,
            "description": "Relações a trazer por inteiro.",
            "schema": {"type": "array", "items": items},
            "style": "form",
            "explode": False,
        }


def _header(name: str, description: str, schema: Node) -> Node:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string", **schema},
    }
