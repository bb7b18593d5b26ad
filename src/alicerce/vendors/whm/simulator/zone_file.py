"""A zone as WHM keeps it: lines with a serial, edited by index."""

import ipaddress
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from alicerce.vendors.whm.simulator.answers import No, Params

TTL = 14400
NAME = re.compile(
    r"(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_-]{1,63}\.", re.IGNORECASE
)
SIZES = {"A": 1, "AAAA": 1, "CNAME": 1, "NS": 1, "MX": 2, "SRV": 4, "CAA": 3}
POINTING = ("CNAME", "NS", "MX", "SRV")
MAX_TEXT = 255

Line = dict[str, Any]


def new_zone(
    domain: str, *, ip: str, nameservers: Sequence[str], at: datetime
) -> dict[str, Any]:
    serial = str(_serial_of(at))
    apex = f"{domain}."
    soa = [
        f"{nameservers[0]}.",
        f"root.{nameservers[0]}.",
        serial,
        "3600",
        "1800",
        "1209600",
        "86400",
    ]
    return {
        "serial": serial,
        "lines": [
            {"type": "comment", "text": "; cPanel first:11.138 (update_time)"},
            {"type": "control", "text": f"$TTL {TTL}"},
            _line(apex, "SOA", soa, 86400),
            *[_line(apex, "NS", [f"{name}."], 86400) for name in nameservers],
            _line(apex, "A", [ip]),
            _line(apex, "MX", ["0", apex]),
            *[_line(name, "CNAME", [apex]) for name in ("mail", "www")],
            _line("ftp", "A", [ip]),
        ],
    }


def payload(zone: dict[str, Any]) -> list[dict[str, Any]]:
    return [_shown(index, line) for index, line in enumerate(zone["lines"])]


def edited(zone: dict[str, Any], params: Params, *, name: str, at: datetime) -> dict[str, Any]:
    """The zone after the edits. Raises No, and then nothing was changed."""
    given = params.need("serial")
    if given != zone["serial"]:
        raise No(
            f"The given serial number ({given}) does not match"
            f" the DNS zone’s serial number ({zone['serial']})."
        )
    lines: list[Line | None] = list(zone["lines"])
    for change in map(_parsed, params.many("edit")):
        lines[_index(change.get("line_index"), lines)] = _wanted(change, name)
    for index in params.many("remove"):
        lines[_index(index, lines)] = None
    added = [_wanted(change, name) for change in map(_parsed, params.many("add"))]
    kept = [line for line in lines if line is not None] + added
    _refuse_clashes(kept, name)
    serial = str(max(int(zone["serial"]) + 1, _serial_of(at)))
    return {"serial": serial, "lines": [_with_serial(line, serial) for line in kept]}


def _serial_of(at: datetime) -> int:
    return int(f"{at:%Y%m%d}01")


def _line(name: str, kind: str, values: list[str], ttl: int = TTL) -> Line:
    return {"type": "record", "name": name, "record_type": kind, "data": values, "ttl": ttl}


def _shown(index: int, line: Line) -> dict[str, Any]:
    if line["type"] != "record":
        return {"line_index": index, "type": line["type"], "text_b64": _b64(line["text"])}
    return {
        "line_index": index,
        "type": "record",
        "record_type": line["record_type"],
        "ttl": line["ttl"],
        "dname_b64": _b64(line["name"]),
        "data_b64": [_b64(value) for value in line["data"]],
    }


def _parsed(text: str) -> dict[str, Any]:
    try:
        change = json.loads(text)
    except ValueError:
        change = None
    if not isinstance(change, dict):
        raise No("A DNS record change must be a JSON object.")
    return change


def _index(asked: Any, lines: Sequence[Line | None]) -> int:
    index = int(asked) if str(asked).isdigit() else -1
    line = lines[index] if 0 <= index < len(lines) else None
    if line is None or line["type"] != "record" or line["record_type"] == "SOA":
        raise No(f"The zone has no line “{asked}” that may be edited.")
    return index


def _wanted(change: dict[str, Any], zone: str) -> Line:
    kind, values = str(change.get("record_type", "")).upper(), change.get("data")
    if kind not in SIZES and kind != "TXT":
        raise No(f"“{kind}” is not a valid record type.")
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise No("The record’s data must be a list of strings.")
    if not _fits(kind, values):
        raise No(f"“{' '.join(values)}” is not valid data for a “{kind}” record.")
    ttl = change.get("ttl")
    if not isinstance(ttl, int) or ttl < 1:
        raise No("The record’s TTL must be a positive integer.")
    name = _absolute(str(change.get("dname", "")), zone)
    if not NAME.fullmatch(name) or not f".{name}".endswith(f".{zone}."):
        raise No(f"“{name}” is not a valid name in the zone.")
    return _line(name, kind, values, ttl)


def _fits(kind: str, values: list[str]) -> bool:
    if kind == "TXT":
        return all(len(value.encode()) <= MAX_TEXT for value in values) and bool(values)
    if len(values) != SIZES[kind]:
        return False
    if kind in {"A", "AAAA"}:
        return _is_address(values[0], 4 if kind == "A" else 6)
    if kind in POINTING:
        return bool(NAME.fullmatch(values[-1])) and all(v.isdigit() for v in values[:-1])
    return values[0].isdigit()


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


def _refuse_clashes(lines: Sequence[Line], zone: str) -> None:
    """An alias stands alone, and no record stands twice."""
    records = [line for line in lines if line["type"] == "record"]
    names = [_absolute(line["name"], zone).lower() for line in records]
    for line, name in zip(records, names, strict=True):
        if line["record_type"] == "CNAME" and names.count(name) > 1:
            raise No(f"“{name}” has a CNAME record and other data.")
    whole = [
        (n, r["record_type"], json.dumps(r["data"]))
        for n, r in zip(names, records, strict=True)
    ]
    if len(set(whole)) < len(whole):
        raise No("The zone would have the same record twice.")


def _with_serial(line: Line, serial: str) -> Line:
    if line.get("record_type") != "SOA":
        return line
    return line | {"data": [*line["data"][:2], serial, *line["data"][3:]]}


def _absolute(name: str, zone: str) -> str:
    if name.endswith("."):
        return name
    return f"{zone}." if name in {"", "@"} else f"{name}.{zone}."


def _b64(text: str) -> str:
    return b64encode(text.encode()).decode()
