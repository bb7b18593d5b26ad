"""Reads of dns."""

from uuid import UUID

from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.types import RecordView, ZoneStatus, ZoneView
from alicerce.kernel.db import transaction


@transaction()
def zone_of_service(service_id: UUID) -> ZoneView | None:
    """The zone of a service of the current tenant."""
    zone = Zone.objects.filter(service_id=service_id).order_by("id").first()
    if zone is None:
        return None
    return ZoneView(
        id=zone.id,
        domain=zone.domain,
        status=ZoneStatus(zone.status),
        nameservers=tuple(zone.nameservers),
        records=tuple(
            RecordView(r.name, r.type, r.content, r.ttl, r.priority) for r in zone.specs()
        ),
    )
