"""Reads of dns."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.dns.errors import NoSuchZone
from alicerce.apps.dns.models import Record, Zone
from alicerce.apps.dns.types import RecordView, ZoneStatus, ZoneView
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.db import transaction
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

ZONE_COLUMNS = (
    "id",
    "domain",
    "service_id",
    "status",
    "nameservers",
    "created_at",
    "confirmed_at",
)
RECORD_COLUMNS = ("name", "type", "content", "ttl", "priority")


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


def has_zone(service_id: UUID, domain: str) -> bool:
    return bool(Zone.objects.filter(service_id=service_id, domain=domain).exists())


def zones_of(service_ids: Collection[UUID]) -> int:
    """How many domains answer at these services, or soon will."""
    return int(Zone.objects.filter(service_id__in=service_ids).count())


def zone_rows(
    window: Window, *, metadata: Mapping[str, str] = things.NOTHING, **wanted: object
) -> Slice:
    """Zones as programs read them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    standing = things.having(metadata, kind=ThingKind.ZONE)
    found = slice_of(Zone.objects.filter(standing, **narrowed), window, *ZONE_COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def zone_record(zone_id: UUID) -> Row:
    """A zone and our records in it. Raises NoSuchZone."""
    found = Zone.objects.filter(pk=zone_id).values(*ZONE_COLUMNS).first()
    if found is None:
        raise NoSuchZone
    records = Record.objects.filter(zone_id=zone_id).order_by("name", "type", "content")
    return _records([found])[0] | {"records": list(records.values(*RECORD_COLUMNS))}


def _records(rows: Sequence[Row]) -> list[Row]:
    told = [_record(row) for row in rows]
    return things.with_metadata(told, kind=ThingKind.ZONE)


def _record(row: Row) -> Row:
    return {"object": "domain", **row}
