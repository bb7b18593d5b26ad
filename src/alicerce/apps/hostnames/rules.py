"""Which names may be attached, what proves one, and when DNS is asked again. Pure functions."""

from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import ip_address

from alicerce.apps.hostnames.types import Finding, RecordPurpose, Seen, WantedRecord, Way
from alicerce.kernel.brazil import BadDomain, normalize_domain

CHALLENGE = "_alicerce-challenge"
PROOF = "alicerce-verify="
MOST = 20
RESERVED = frozenset({"localhost", "local", "internal", "invalid", "test", "example", "onion"})
LONGEST_HOST = 253 - len(CHALLENGE) - 1
"""The name of the record that proves it has to fit too."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GIVES_UP = 7 * DAY
PAUSES = ((10 * MINUTE, MINUTE), (HOUR, 5 * MINUTE), (DAY, 30 * MINUTE), (GIVES_UP, 6 * HOUR))
"""How long DNS is left alone, by how long a name has waited: people look at first, later they sleep."""
CALL_LASTS = 10 * MINUTE
"""A look that was called and never came back is called again."""
WELL, WORRIED = 12 * HOUR, HOUR
GRACE = timedelta(hours=72)
"""From the first answer without the proof to the last moment the name leads here."""
SILENCE, LONG_SILENCE = timedelta(hours=48), 14 * DAY
"""Nobody answering is no proof of anything; after two days we worry, after two weeks it is one."""


def host_name(typed: str) -> str:
    """The name as DNS knows it. Raises BadDomain for what no public host is called."""
    bare = typed.strip().lower().removesuffix(".")
    if "/" in bare or ":" in bare or "@" in bare:
        raise BadDomain(typed)
    kept = "www." if bare.startswith("www.") else ""
    name = kept + normalize_domain(bare.removeprefix(kept))
    if name.rpartition(".")[2] in RESERVED or len(name) > LONGEST_HOST:
        raise BadDomain(typed)
    return name


def is_within(name: str, above: str) -> bool:
    return bool(above) and (name == above or name.endswith(f".{above}"))


def challenge_of(domain: str) -> str:
    return f"{CHALLENGE}.{domain}"


def finding_of(seen: Seen, token: str) -> Finding:
    if seen.texts is None:
        return Finding.NO_ANSWER
    if is_proof(seen.texts, token):
        return Finding.PROVEN
    return Finding.OTHER_RECORD if seen.texts else Finding.NO_RECORD


def is_proof(texts: Collection[str], token: str) -> bool:
    return any(text.strip() == PROOF + token for text in texts)


def pause_after(waited: timedelta) -> timedelta | None:
    """Until the next look at a name that was never proven; None when that is enough."""
    return next((pause for until, pause in PAUSES if waited < until), None)


def last_moment(
    finding: Finding, *, proven_at: datetime, known: datetime | None, at: datetime
) -> datetime | None:
    """Until when a name that was proven leads here, after this answer; None while nobody worries."""
    if finding is not Finding.NO_ANSWER:
        told = at + GRACE
        return min(told, known) if known else told
    if known or at - proven_at < SILENCE:
        return known
    return proven_at + LONG_SILENCE


def way_here(given: str, known: Collection[str]) -> Way:
    """`given` is the platform's name, or its address where it has no name: nothing is an alias of that."""
    try:
        ip_address(given)
    except ValueError:
        return Way(given, tuple(known))
    return Way("", tuple(dict.fromkeys((given, *known))))


def wanted_records(domain: str, token: str, way: Way) -> tuple[WantedRecord, ...]:
    """The proof, and what brings visitors: an alias, or addresses where a name cannot be one."""
    proof = WantedRecord("TXT", challenge_of(domain), PROOF + token, RecordPurpose.PROOF)
    records = [proof]
    if way.alias:
        records.append(WantedRecord("CNAME", domain, way.alias, RecordPurpose.ALIAS))
    for address in way.addresses:
        kind = "AAAA" if ":" in address else "A"
        records.append(WantedRecord(kind, domain, address, RecordPurpose.ADDRESS))
    return tuple(records)
