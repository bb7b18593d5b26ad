"""WHM's own zones, as a host of DNS."""

import shlex
from uuid import UUID

from alicerce.apps.dns.ports import SerialMismatch
from alicerce.apps.dns.types import (
    Changes,
    HostedRecord,
    RecordSpec,
    RecordType,
    ZoneSnapshot,
)
from alicerce.apps.hosting.adapters.whm import client_for
from alicerce.apps.hosting.queries.servers import access_to
from alicerce.kernel.http import Refusal, Unavailable
from alicerce.vendors.whm.client import WhmClient
from alicerce.vendors.whm.outcomes import ZoneChanged
from alicerce.vendors.whm.zones import NewRecord, ZoneRecord

WITH_PRIORITY = (RecordType.MX, RecordType.SRV)
TXT_PIECE = 255


class WhmZones:
    def __init__(self, whm: WhmClient) -> None:
        self._whm = whm

    def ensure_zone(self, domain: str, *, ip: str) -> None:
        """A new account brings its zone; one that lost it gets another."""
        if self._whm.parse_dns_zone(domain) is not None:
            return
        try:
            self._whm.adddns(domain=domain, ip=ip)
        except Refusal:
            if self._whm.parse_dns_zone(domain) is None:
                raise

    def read_records(self, domain: str) -> ZoneSnapshot:
        zone = self._whm.parse_dns_zone(domain)
        if zone is None:
            raise Unavailable(f"WHM: no zone {domain} yet")
        ours = [record for record in zone.records if record.type in set(RecordType)]
        return ZoneSnapshot(zone.serial, tuple(_read(record) for record in ours))

    def apply(self, domain: str, *, serial: str, changes: Changes) -> None:
        try:
            self._whm.mass_edit_dns_zone(
                domain,
                serial=serial,
                add=[_write(spec) for spec in changes.add],
                remove=sorted(record.line for record in changes.remove),
            )
        except ZoneChanged as moved:
            raise SerialMismatch from moved


def of_server(reference: str) -> WhmZones:
    return WhmZones(client_for(access_to(UUID(reference))))


def _read(record: ZoneRecord) -> HostedRecord:
    kind, values = RecordType(record.type), list(record.values)
    priority = int(values.pop(0)) if kind in WITH_PRIORITY else 0
    content = "".join(values) if kind == RecordType.TXT else " ".join(values)
    return HostedRecord(
        record.line, RecordSpec(record.name, kind, content, record.ttl, priority)
    )


def _write(spec: RecordSpec) -> NewRecord:
    return NewRecord(name=spec.name, type=spec.type, values=_values(spec), ttl=spec.ttl)


def _values(spec: RecordSpec) -> tuple[str, ...]:
    if spec.type == RecordType.TXT:
        starts = range(0, len(spec.content), TXT_PIECE)
        return tuple(spec.content[start : start + TXT_PIECE] for start in starts)
    if spec.type in WITH_PRIORITY:
        return (str(spec.priority), *spec.content.split())
    return tuple(shlex.split(spec.content)) if spec.type == RecordType.CAA else (spec.content,)
