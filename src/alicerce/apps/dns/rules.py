"""Pure rules of dns: what a record may be, and how two zones differ."""

import re
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address

from alicerce.apps.dns.types import Changes, HostedRecord, RecordSpec, RecordType

NAME = re.compile(r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9-]{1,63}")
MAX_NAME = 253
MIN_TTL, MAX_TTL = 60, 604_800
ADDRESSES: dict[RecordType, Callable[[str], object]] = {
    RecordType.A: IPv4Address,
    RecordType.AAAA: IPv6Address,
}
NAMED = (RecordType.CNAME, RecordType.MX)
WORDS = (RecordType.TXT, RecordType.CAA)  # what they say is compared to the letter


def complaint(record: RecordSpec, *, zone: str) -> str | None:
    """Why the record cannot be in the zone; None when it can."""
    if not _is_name(record.name) or not _is_inside(record.name, zone):
        return f"{record.name} não fica em {zone}."
    if not MIN_TTL <= record.ttl <= MAX_TTL:
        return f"TTL {record.ttl} fora de {MIN_TTL}–{MAX_TTL}."
    if record.type == RecordType.CNAME and record.name == zone:
        return "CNAME não pode ficar na raiz da zona."
    return None if _is_content(record) else f"“{record.content}” não serve para {record.type}."


def changes(have: Sequence[HostedRecord], want: Iterable[RecordSpec]) -> Changes:
    """What turns the sets of names that we care about into ours. Everything else stays.

    A name that becomes an alias can have nothing else, and an alias gives way to an address.
    """
    wanted = list(dict.fromkeys(want))
    surplus = [record for record in have if _gives_way(record, wanted)]
    kept = {_identity(record.spec) for record in have}
    missing = tuple(record for record in wanted if _identity(record) not in kept)
    return Changes(add=missing, remove=tuple(surplus))


def _gives_way(record: HostedRecord, wanted: Sequence[RecordSpec]) -> bool:
    identity = _identity(record.spec)
    rivals = [want for want in wanted if _contest(record.spec, want)]
    return bool(rivals) and all(_identity(want) != identity for want in rivals)


def _contest(have: RecordSpec, want: RecordSpec) -> bool:
    """Whether both are about the same thing: one name and type, or one of them an alias."""
    if have.name != want.name:
        return False
    return have.type == want.type or RecordType.CNAME in (have.type, want.type)


def _identity(record: RecordSpec) -> tuple[str, str, str, int]:
    content = record.content
    if record.type not in WORDS:
        content = content.lower().rstrip(".")
    return (record.name, record.type, content, record.priority)


def _is_content(record: RecordSpec) -> bool:
    if parse := ADDRESSES.get(record.type):
        return _parses(parse, record.content)
    if record.type in NAMED:
        return _is_name(record.content.rstrip("."))
    return 0 < len(record.content) <= 2048 and "\n" not in record.content  # noqa: PLR2004


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and bool(NAME.fullmatch(name))


def _is_inside(name: str, zone: str) -> bool:
    return name == zone or name.endswith(f".{zone}")
