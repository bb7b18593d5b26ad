"""Host names as the API tells them."""

from dataclasses import asdict, replace
from uuid import UUID

from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.queries.names import views
from alicerce.apps.hostnames.types import NameState, NameView
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id", "domain", "token", "state", "finding", "points_here", "proven_at", "checked_at",
    "next_at", "lapses_at", "ended_at", "created_at",
)  # fmt: skip


def host_name_rows(window: Window, *, state: NameState | None) -> Slice:
    rows = HostName.objects.filter(state=state) if state else HostName.objects.all()
    found = slice_of(rows, window, *COLUMNS)
    told = views(HostName(**row) for row in found.rows)
    return replace(found, rows=[_told(view) for view in told])


def host_name_row(name_id: UUID) -> Row:
    """Raises HostName.DoesNotExist."""
    [view] = views([HostName.objects.get(pk=name_id)])
    return _told(view)


def _told(view: NameView) -> Row:
    row = {"object": "host_name", **asdict(view), "next_check_at": view.next_at}
    del row["next_at"]
    return row
