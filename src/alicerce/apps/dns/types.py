"""The words of dns."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

DEFAULT_TTL = 3600


class RecordType(StrEnum):
    A = "A"
    AAAA = "AAAA"
    CNAME = "CNAME"
    MX = "MX"
    TXT = "TXT"
    CAA = "CAA"
    SRV = "SRV"


class ZoneStatus(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """A record as it should be. Names are absolute, without the last dot."""

    name: str
    type: RecordType
    content: str
    ttl: int = DEFAULT_TTL
    priority: int = 0

    def __str__(self) -> str:
        return f"{self.name} {self.type} {self.content}"


@dataclass(frozen=True, slots=True)
class HostedRecord:
    """A record as a host has it, and where it stands there."""

    line: int
    spec: RecordSpec


@dataclass(frozen=True, slots=True)
class ZoneSnapshot:
    """A zone as it was read: edits are good only while its serial is still this one."""

    serial: str
    records: tuple[HostedRecord, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    add: tuple[RecordSpec, ...] = ()
    remove: tuple[HostedRecord, ...] = ()

    def __len__(self) -> int:
        return len(self.add) + len(self.remove)


@dataclass(frozen=True, slots=True)
class NewZone:
    """A zone as we want it: where it is hosted, for which service, and what is in it."""

    domain: str
    service_id: UUID
    host: str
    reference: str
    ip: str
    nameservers: tuple[str, ...]
    records: tuple[RecordSpec, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    name: str
    type: str
    content: str
    ttl: int
    priority: int


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone as pages show it."""

    id: UUID
    domain: str
    status: ZoneStatus
    nameservers: tuple[str, ...]
    records: tuple[RecordView, ...]
