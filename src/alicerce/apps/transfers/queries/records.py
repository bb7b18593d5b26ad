"""Transfers as the API tells them, under the name of migrations."""

from typing import Any
from uuid import UUID

from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.queries.words import words
from alicerce.apps.transfers.types import Said, Stage
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

SOURCE = ("source_host", "source_port", "source_login", "source_username")
COLUMNS = (
    "id", "service_id", "customer_id", "stage", *SOURCE, "note", "token", "created_at", "examined_at",
    "finished_at", "version", "source_domain", "source_plan", "disk_used", "disk_limit", "domains",
    "findings",
)  # fmt: skip


def transfer_rows(
    window: Window, *, stage: Stage | None, service_id: UUID | None, customer_id: UUID | None
) -> Slice:
    wanted = {"stage": stage, "service_id": service_id, "customer_id": customer_id}
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Transfer.objects.filter(**narrowed), window, *COLUMNS)
    return Slice([_record(row) for row in found.rows], found.next_cursor)


def transfer_record(transfer_id: UUID) -> Row:
    """Raises Transfer.DoesNotExist."""
    return _record(Transfer.objects.values(*COLUMNS).get(pk=transfer_id))


def _record(row: Row) -> Row:
    return {
        "object": "migration",
        "id": row["id"],
        "service_id": row["service_id"],
        "customer_id": row["customer_id"],
        "state": row["stage"],
        "source": {name.removeprefix("source_"): row[name] for name in SOURCE},
        "token_kept": bool(row["token"]),
        "note": row["note"],
        "findings": [_finding(kept) for kept in row["findings"]],
        "facts": _facts(row) if row["version"] else None,
        "created_at": row["created_at"],
        "examined_at": row["examined_at"],
        "finished_at": row["finished_at"],
    }


def _facts(row: Row) -> Row:
    return {
        "version": row["version"],
        "domain": row["source_domain"],
        "plan": row["source_plan"],
        "disk_used_bytes": row["disk_used"],
        "disk_limit_bytes": row["disk_limit"],
        "domains": row["domains"],
    }


def _finding(kept: dict[str, Any]) -> Row:
    said = Said.read(kept)
    return {"code": str(said.code), "blocks": said.blocks, "message": words(said)}
