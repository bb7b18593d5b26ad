"""What every answer of the API has: its headers, and the form of a refusal."""

from collections.abc import Mapping

from alicerce.apps.developers.types import API_VERSIONS
from alicerce.surfaces.api.parameters import Node

HEADERS: Mapping[str, Node] = {
    "Alicerce-Request-Id": {
        "description": "O nome deste pedido: informe-o ao suporte.",
        "schema": {"type": "string", "format": "uuid"},
    },
    "Alicerce-Version": {
        "description": "A versão que respondeu.",
        "schema": {"type": "string", "enum": list(API_VERSIONS)},
    },
    "RateLimit": {
        "description": "Quantos pedidos restam, e em quantos segundos voltam todos.",
        "schema": {"type": "string", "examples": ['"key";r=99;t=1, "tenant";r=399;t=1']},
    },
}

PROBLEM: Node = {
    "title": "Problem",
    "type": "object",
    "description": "Por que o pedido foi recusado (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "request_id", "errors"],
    "properties": {
        "type": {"type": "string", "description": "Onde a recusa é explicada."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Em português ou inglês."},
        "code": {"type": "string", "description": "Estável: programe por ele."},
        "request_id": {"type": "string", "format": "uuid"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "JSON Pointer no corpo, ou o nome do parâmetro.",
                    },
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
