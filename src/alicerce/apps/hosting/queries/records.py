"""Services and their provisioning as programs read them: plain rows, no instances."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from alicerce.apps.hosting.errors import UnknownAccount
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.queries.runs import RunView, progress_of_service
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "customer_id",
    "line_id",
    "domain",
    "plan_name",
    "username",
    "status",
    "server__nameservers",
    "created_at",
    "activated_at",
    "suspended_at",
    "suspension_cause",
    "removal_due_at",
    "terminated_at",
)


def service_rows(
    window: Window, *, metadata: Mapping[str, str] = things.NOTHING, **wanted: object
) -> Slice:
    """Services of the current tenant; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    standing = things.having(metadata, kind=ThingKind.SERVICE)
    found = slice_of(Service.objects.filter(standing, **narrowed), window, *COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def service_record(service_id: UUID) -> Row:
    """Raises UnknownAccount."""
    found = Service.objects.filter(pk=service_id).values(*COLUMNS).first()
    if found is None:
        raise UnknownAccount
    return _records([found])[0]


def run_record(service_id: UUID) -> Row:
    """The newest provisioning of a service, step by step. Raises UnknownAccount."""
    found = progress_of_service(service_id)
    if found is None:
        raise UnknownAccount
    return _run(found)


def _records(rows: Sequence[Row]) -> list[Row]:
    told = [_record(row) for row in rows]
    return things.with_metadata(told, kind=ThingKind.SERVICE)


def _record(row: Row) -> Row:
    row["order_line_id"] = row.pop("line_id")
    row["suspended_since"] = row.pop("suspended_at")
    row["suspension_cause"] = row["suspension_cause"] or None
    row["nameservers"] = row.pop("server__nameservers") or []
    return {"object": "service", **row}


def _run(found: RunView) -> Row:
    run = found.run
    return {
        "object": "provisioning",
        "id": run.id,
        "service_id": run.service_id,
        "status": run.status,
        "round": run.round,
        "error": run.error,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "steps": [
            {
                "kind": step.kind,
                "state": step.state,
                "attempts": step.attempts,
                "started_at": step.started_at,
                "finished_at": step.finished_at,
            }
            for step in found.steps
        ],
    }
