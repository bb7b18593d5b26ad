"""Bring a zone at its host to the records we want."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.dns import rules
from alicerce.apps.dns.errors import BadRecord, ZoneUnsettled
from alicerce.apps.dns.events import ZoneCreated
from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.ports import DnsHost, SerialMismatch, host_for
from alicerce.apps.dns.types import RecordSpec
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Unavailable

READINGS = 4


def set_records(*, zone_id: UUID, records: Sequence[RecordSpec], at: datetime) -> int:
    """Want these records from now on. Talks to the outside; safe to repeat."""
    _want(zone_id, records, at)
    return settle_records(zone_id=zone_id, at=at)


def settle_records(*, zone_id: UUID, at: datetime) -> int:
    """Read, compare, change only what differs; how many records changed."""
    zone, wanted = _wanted(zone_id)
    host = host_for(kind=zone.host, reference=zone.reference)
    return bring_records(zone=zone, host=host, wanted=wanted, at=at)


def bring_records(
    *, zone: Zone, host: DnsHost, wanted: Sequence[RecordSpec], at: datetime
) -> int:
    """The same, for who has the zone and its host at hand already."""
    changed = _bring_to(host, zone.domain, wanted)
    _confirm(zone.id, changed, at)
    return changed


def _bring_to(host: DnsHost, domain: str, wanted: Sequence[RecordSpec]) -> int:
    """Somebody else may write at the same time: then read again and plan again."""
    for _reading in range(READINGS):
        zone = host.read_records(domain)
        changes = rules.changes(zone.records, wanted)
        if not changes:
            return 0
        try:
            host.apply(domain, serial=zone.serial, changes=changes)
        except SerialMismatch:
            continue
        return len(changes)
    raise Unavailable(str(ZoneUnsettled()))


@transaction()
def _want(zone_id: UUID, records: Sequence[RecordSpec], at: datetime) -> None:
    zone = Zone.objects.lock(zone_id)
    for record in records:
        if why := rules.complaint(record, zone=zone.domain):
            raise BadRecord(why)
    before, subject = zone.specs(), f"service:{zone.service_id}"
    zone.want(records)
    audit.record(
        action="zone.records_set",
        entity="zone",
        entity_id=zone.id,
        before={"records": Personal([str(record) for record in before], of=subject)},
        after={"records": Personal([str(record) for record in records], of=subject)},
        at=at,
    )


@transaction()
def _wanted(zone_id: UUID) -> tuple[Zone, tuple[RecordSpec, ...]]:
    zone = Zone.objects.get(pk=zone_id)
    return zone, zone.specs()


@transaction()
def _confirm(zone_id: UUID, changed: int, at: datetime) -> None:
    zone = Zone.objects.lock(zone_id)
    if not zone.confirm(at=at):
        return
    publish(ZoneCreated(at=at, zone_id=zone.id, service_id=zone.service_id, domain=zone.domain))
    audit.record(
        action="zone.created",
        entity="zone",
        entity_id=zone.id,
        after={"status": str(zone.status), "changes": changed},
        at=at,
    )
