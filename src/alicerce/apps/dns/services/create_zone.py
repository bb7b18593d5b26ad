"""Have a zone somewhere, with the records we want in it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.dns import rules
from alicerce.apps.dns.errors import BadRecord
from alicerce.apps.dns.events import ZoneWanted
from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.ports import host_for
from alicerce.apps.dns.services.set_records import bring_records, settle_records
from alicerce.apps.dns.types import NewZone, ZoneStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


def create_zone(*, new: NewZone, at: datetime) -> int:
    """How many records had to change. Talks to the outside; repeating it finds nothing to do."""
    zone = _write_down(new, at)
    host = host_for(kind=new.host, reference=new.reference)
    host.ensure_zone(new.domain, ip=new.ip)
    return bring_records(zone=zone, host=host, wanted=new.records, at=at)


@transaction()
def want_zone(*, new: NewZone, at: datetime) -> UUID:
    """Write the zone down and have its host asked soon. The same zone twice is one."""
    zone = _write_down(new, at)
    if zone.status == ZoneStatus.PENDING:
        publish(ZoneWanted(at=at, zone_id=zone.id, ip=new.ip))
    return UUID(str(zone.id))


def settle_zone(*, zone_id: UUID, ip: str, at: datetime) -> int:
    """Have the host know the zone that was written down. Talks to the outside; safe to repeat."""
    zone = _zone(zone_id)
    host_for(kind=zone.host, reference=zone.reference).ensure_zone(zone.domain, ip=ip)
    return settle_records(zone_id=zone_id, at=at)


@transaction()
def _zone(zone_id: UUID) -> Zone:
    zone: Zone = Zone.objects.get(pk=zone_id)
    return zone


@transaction()
def _write_down(new: NewZone, at: datetime) -> Zone:
    for record in new.records:
        if why := rules.complaint(record, zone=new.domain):
            raise BadRecord(why)
    zone = Zone(
        domain=new.domain,
        service_id=new.service_id,
        host=new.host,
        reference=new.reference,
        nameservers=list(new.nameservers),
    )
    if Zone.objects.add_once(zone):
        _record(zone, new, at)
    else:
        zone = Zone.objects.get(service_id=new.service_id, domain=new.domain)
        zone.move(host=new.host, reference=new.reference, nameservers=new.nameservers)
    zone.want(new.records)
    return zone


def _record(zone: Zone, new: NewZone, at: datetime) -> None:
    subject = f"service:{new.service_id}"
    audit.record(
        action="zone.requested",
        entity="zone",
        entity_id=zone.id,
        after={
            "domain": Personal(new.domain, of=subject),
            "records": Personal([str(record) for record in new.records], of=subject),
        },
        at=at,
    )
