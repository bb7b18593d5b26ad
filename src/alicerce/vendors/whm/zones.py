"""DNS zones between WHM's zone-file lines and records with absolute names."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass

from alicerce.kernel.http import Unknown
from alicerce.vendors.whm.wire import ZoneEdit, ZoneLine

POINTS_TO_A_NAME = frozenset({"CNAME", "DNAME", "MX", "NS", "PTR", "SRV"})
SERIAL = 2


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to write. Names are absolute, without the last dot."""

    name: str
    type: str
    values: tuple[str, ...]
    ttl: int


@dataclass(frozen=True, slots=True)
class ZoneRecord:
    """A record as read, and the line it stands on."""

    line: int
    name: str
    type: str
    values: tuple[str, ...]
    ttl: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as read: edits are good only while its serial is still this one."""

    name: str
    serial: str
    records: tuple[ZoneRecord, ...]


def read_zone(lines: Sequence[ZoneLine], *, name: str) -> Zone:
    try:
        records = [_record(line, name) for line in lines if line.get("type") == "record"]
    except (KeyError, TypeError, ValueError) as trouble:
        raise Unknown("WHM: unreadable zone") from trouble
    return Zone(name, _serial(records), tuple(records))


def write_record(record: NewRecord, *, line: int | None = None) -> ZoneEdit:
    edit = ZoneEdit(
        dname=f"{record.name}.",
        ttl=record.ttl,
        record_type=record.type,
        data=_with_last_dot(record.type, record.values),
    )
    return edit if line is None else ZoneEdit(line_index=line, **edit)


def _record(line: ZoneLine, zone: str) -> ZoneRecord:
    kind = line["record_type"].upper()
    values = [_text(value) for value in line["data_b64"]]
    if kind in POINTS_TO_A_NAME:
        values[-1] = _absolute(values[-1], zone)
    return ZoneRecord(
        line=int(line["line_index"]),
        name=_absolute(_text(line["dname_b64"]), zone),
        type=kind,
        values=tuple(values),
        ttl=int(line["ttl"]),
    )


def _serial(records: Sequence[ZoneRecord]) -> str:
    for record in records:
        if record.type == "SOA" and len(record.values) > SERIAL:
            return record.values[SERIAL]
    raise Unknown("WHM: a zone without a serial")


def _absolute(name: str, zone: str) -> str:
    if name.endswith("."):
        return name[:-1].lower()
    return zone if name in {"", "@"} else f"{name}.{zone}".lower()


def _with_last_dot(kind: str, values: Sequence[str]) -> list[str]:
    if kind in POINTS_TO_A_NAME and not values[-1].endswith("."):
        return [*values[:-1], f"{values[-1]}."]
    return list(values)


def _text(encoded: str) -> str:
    return b64decode(encoded, validate=True).decode()
