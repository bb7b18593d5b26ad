"""What the document shows of migrations: a request and an answer of each operation."""

from collections.abc import Mapping
from typing import Any

CUSTOMER = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01"
SERVICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b05"
MIGRATION = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f"
NOON = "2026-11-25T12:00:00Z"

Example = dict[str, Any]

source: Example = {
    "host": "cpanel.antiga.example",
    "port": 2087,
    "login": "root",
    "username": "padaria",
}
ready: Example = {
    "object": "migration",
    "id": MIGRATION,
    "service_id": SERVICE,
    "customer_id": CUSTOMER,
    "state": "ready",
    "source": source,
    "token_kept": True,
    "note": "De preferência à noite",
    "findings": [
        {
            "code": "more_domains",
            "blocks": False,
            "message": "Domínios a mais na conta (1): loja.com.br.",
        }
    ],
    "facts": {
        "version": "11.138.0.10",
        "domain": "padaria.com.br",
        "plan": "profissional",
        "disk_used_bytes": 734003200,
        "disk_limit_bytes": 21474836480,
        "domains": [
            {"name": "padaria.com.br", "kind": "main"},
            {"name": "loja.com.br", "kind": "addon"},
        ],
    },
    "created_at": NOON,
    "examined_at": NOON,
    "finished_at": None,
}
examining: Example = {
    **ready,
    "state": "examining",
    "findings": [],
    "facts": None,
    "examined_at": None,
}
canceled: Example = {**ready, "state": "canceled", "token_kept": False, "finished_at": NOON}

RESPONSES: Mapping[str, Example] = {
    "listMigrations": {
        "object": "list",
        "data": [ready],
        "has_more": False,
        "next_cursor": None,
        "url": "/v1/migrations",
    },
    "createMigration": examining,
    "getMigration": ready,
    "examineMigration": examining,
    "cancelMigration": canceled,
}
REQUESTS: Mapping[str, Example] = {
    "createMigration": {
        "service_id": SERVICE,
        "source": {**source, "token": "EXEMPLO-de-token-do-WHM"},
        "note": "De preferência à noite",
    },
    "examineMigration": {"source": {"token": "EXEMPLO-de-outro-token"}},
}
