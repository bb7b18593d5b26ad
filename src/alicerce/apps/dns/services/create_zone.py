"""Have a zone somewhere, with the records we want in it."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.dns import rules
from alicerce.apps.dns.errors import BadRecord
from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.ports import host_for
from alicerce.apps.dns.services.set_records import settle_records
from alicerce.apps.dns.types import NewZone
from alicerce.kernel.db import transaction


def create_zone(*, new: NewZone, at: datetime) -> int:
    """How many records had to change. Talks to the outside; repeating it finds nothing to do."""
    for record in new.records:
        if why := rules.complaint(record, zone=new.domain):
            raise BadRecord(why)
    zone = _write_down(new, at)
    host_for(kind=new.host, reference=new.reference).ensure_zone(new.domain, ip=new.ip)
    return settle_records(zone_id=zone.id, at=at)


@transaction()
def _write_down(new: NewZone, at: datetime) -> Zone:
    zone, is_new = Zone.objects.get_or_create(
        domain=new.domain,
        service_id=new.service_id,
        defaults={
            "host": new.host,
            "reference": new.reference,
            "nameservers": list(new.nameservers),
        },
    )
    if is_new:
        _record(zone, new, at)
    else:
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
