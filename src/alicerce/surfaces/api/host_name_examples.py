"""Host names, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import NOON, Example

TOKEN = "Qm9hIHRhcmRlLCBxdWVtIGzDqiBpc3RvIMOpIGN1cmlvc28"  # noqa: S105 (an example)
waiting: Example = {
    "object": "host_name",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2c41",
    "domain": "cliente.exemplo.com.br",
    "state": "waiting",
    "finding": "not_asked",
    "points_here": None,
    "is_primary": False,
    "url": "https://cliente.exemplo.com.br",
    "records": [
        {
            "type": "TXT",
            "name": "_alicerce-challenge.cliente.exemplo.com.br",
            "value": f"alicerce-verify={TOKEN}",
            "purpose": "proof",
        },
        {
            "type": "CNAME",
            "name": "cliente.exemplo.com.br",
            "value": "exemplo.plataforma.com.br",
            "purpose": "alias",
        },
    ],
    "proven_at": None,
    "checked_at": None,
    "next_check_at": NOON,
    "lapses_at": None,
    "ended_at": None,
    "created_at": NOON,
}
active: Example = {
    **waiting,
    "state": "active",
    "finding": "proven",
    "points_here": True,
    "proven_at": NOON,
    "checked_at": NOON,
}
RESPONSES: Mapping[str, Example] = {
    "listHostNames": {
        "object": "list",
        "url": "/v1/host-names",
        "data": [active],
        "has_more": False,
        "next_cursor": None,
    },
    "attachHostName": waiting,
    "getHostName": active,
    "verifyHostName": waiting,
    "makeHostNamePrimary": {**active, "is_primary": True},
    "unmakeHostNamePrimary": active,
    "detachHostName": {
        **active,
        "state": "detached",
        "next_check_at": None,
        "ended_at": NOON,
    },
}
REQUESTS: Mapping[str, Example] = {"attachHostName": {"domain": "cliente.exemplo.com.br"}}
