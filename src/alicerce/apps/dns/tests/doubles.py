"""A host of zones in memory, at the port; its serial moves with every change."""

from collections import defaultdict
from collections.abc import Callable

from alicerce.apps.dns.ports import SerialMismatch
from alicerce.apps.dns.types import Changes, HostedRecord, RecordSpec, ZoneSnapshot


class ZonesInMemory:
    def __init__(self) -> None:
        self.records: dict[str, list[HostedRecord]] = defaultdict(list)
        self.serial = 1
        self.applied: list[Changes] = []
        self.before_apply: list[Callable[[], None]] = []

    def put(self, domain: str, *specs: RecordSpec) -> None:
        kept = [record.spec for record in self.records[domain]]
        self.records[domain] = [
            HostedRecord(line, spec) for line, spec in enumerate([*kept, *specs])
        ]
        self.serial += 1

    def ensure_zone(self, domain: str, *, ip: str) -> None:
        self.records[domain]

    def read_records(self, domain: str) -> ZoneSnapshot:
        return ZoneSnapshot(str(self.serial), tuple(self.records[domain]))

    def apply(self, domain: str, *, serial: str, changes: Changes) -> None:
        if self.before_apply:
            self.before_apply.pop(0)()
        if serial != str(self.serial):
            raise SerialMismatch
        kept = [record for record in self.records[domain] if record not in changes.remove]
        self.records[domain] = kept
        self.put(domain, *changes.add)
        self.applied.append(changes)
