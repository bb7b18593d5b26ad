"""A company's own names, and the records that each one wants."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.rules import wanted_records, way_here
from alicerce.apps.hostnames.types import Finding, NameState, NameView, Way
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import HostView
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import as_operator

SHOWN = 50


def host_names() -> list[NameView]:
    """Those that count first, then how others ended; each group from the newest."""
    rows = sorted(HostName.objects.order_by("-id")[:SHOWN], key=lambda row: not row.is_open)
    return views(rows)


def find_host_name(name_id: UUID) -> NameView | None:
    return next(iter(views(HostName.objects.filter(pk=name_id))), None)


def views(rows: Iterable[HostName]) -> list[NameView]:
    """As many statements for many as for one."""
    hosts = tenancy.hosts_of(current_tenant_id())
    way = way_of(hosts)
    by_domain = {host.domain: host for host in hosts if host.is_own}
    return [_view(row, by_domain.get(row.domain), way) for row in rows]


def way_of(hosts: Iterable[HostView]) -> Way:
    """Where own names have to lead: what the platform gave always leads here."""
    given = next((host.domain for host in hosts if not host.is_own), "")
    return way_here(given or tenancy.platform_host(), settings.PUBLIC_ADDRESSES)


def due_names(at: datetime) -> list[UUID]:
    """Companies with names that DNS should be asked about. Call it outside of any tenant."""
    with as_operator():
        due = HostName.objects.due(at).order_by("tenant_id")
        return list(due.values_list("tenant_id", flat=True).distinct())


def is_served(domain: str) -> bool:
    """Whether the program answers at this name: proven, or given by the platform."""
    return tenancy.host_at(domain) is not None


def _view(row: HostName, host: HostView | None, way: Way) -> NameView:
    leads = host is not None and row.leads_here
    return NameView(
        id=row.id,
        domain=row.domain,
        state=NameState(row.state),
        finding=Finding(row.finding),
        points_here=row.points_here,
        proven_at=row.proven_at,
        checked_at=row.checked_at,
        next_at=row.next_at,
        lapses_at=row.lapses_at,
        ended_at=row.ended_at,
        created_at=row.created_at,
        is_primary=bool(leads and host and host.is_primary),
        url=host.base_url if leads and host else f"https://{row.domain}",
        records=wanted_records(row.domain, row.token, way),
    )
