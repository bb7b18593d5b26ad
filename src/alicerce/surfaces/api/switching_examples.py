"""What comes from another program, as the document shows it."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import Example

IMPORT, COMPARISON = (
    "01999f5c-6f2b-7d3a-9c1e-1f2a3b4c5d6e",
    "01999f5d-0a1b-7c2d-8e3f-4a5b6c7d8e9f",
)
switching_import: Example = {
    "object": "switching_import",
    "id": IMPORT,
    "filename": "whmcs.sql.gz",
    "state": "examined",
    "taken_on": "2026-11-30",
    "created_at": "2026-11-30T12:00:00Z",
    "finished_at": "2026-11-30T12:04:10Z",
    "fault": None,
    "rows": 291835,
    "created": 0,
    "updated": 0,
    "unchanged": 0,
    "kept": 0,
    "tables": [
        {"table": "tblclients", "rows": 5000, "ok": 4609, "warned": 391, "refused": 0},
        {"table": "tblhosting", "rows": 8106, "ok": 8106, "warned": 0, "refused": 0},
    ],
    "comparison": {
        "id": COMPARISON,
        "until": "2026-12-14",
        "matched": 6020,
        "explained": 1040,
        "unexplained": 0,
        "would_be_invoices": 4710,
    },
}

RESPONSES: Mapping[str, Example] = {"getSwitchingImport": switching_import}
