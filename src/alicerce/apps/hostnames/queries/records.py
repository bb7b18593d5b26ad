"""Host names as the API tells them."""

from dataclasses import asdict, replace
from uuid import UUID

from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.queries.names import views
from alicerce.apps.hostnames.types import NameState, NameView
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of


def host_name_rows(window: Window, *, state: NameState | None) -> Slice:
    rows = HostName.objects.filter(state=state) if state else HostName.objects.all()
    found = slice_of(rows, window, "id")
    page = HostName.objects.filter(pk__in=[row["id"] for row in found.rows])
    told = {view.id: _told(view) for view in views(page)}
    return replace(found, rows=[told[row["id"]] for row in found.rows])


def host_name_row(name_id: UUID) -> Row:
    """Raises HostName.DoesNotExist."""
    [view] = views([HostName.objects.get(pk=name_id)])
    return _told(view)


def _told(view: NameView) -> Row:
    row = {"object": "host_name", **asdict(view), "next_check_at": view.next_at}
    del row["next_at"]
    return row
