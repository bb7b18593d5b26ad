"""Pure rules of transfers: what stands in the way, how long a token is kept, what a host looks like."""

import re
from collections.abc import Iterator
from datetime import timedelta

from alicerce.apps.transfers.types import Code, Destination, Said, Source, SourceFacts

TOKEN_KEPT = timedelta(days=14)
SHOWN_DOMAINS = 5
HOST = re.compile(r"[^/\\?#@:\[\]\s]{1,253}")
USERNAME = re.compile(r"[a-z][a-z0-9_-]{0,15}")
ADDED = ("addon", "parked")


def is_bare_host(host: str) -> bool:
    """A name or an IPv4 address, without anything around it."""
    return bool(HOST.fullmatch(host))


def is_username(name: str) -> bool:
    return bool(USERNAME.fullmatch(name))


def needs_token(before: Source, after: Source) -> bool:
    """A token was given for one server and one owner: it is never shown to another."""
    return _keeper(before) != _keeper(after)


def _keeper(source: Source) -> tuple[str, int, str, str]:
    return source.host, source.port, source.login, source.certificate


def findings(source: Source, facts: SourceFacts, home: Destination) -> tuple[Said, ...]:
    """What stands in the way of moving this account there, and what one must know to do it."""
    if not facts.has_account:
        return (Said(Code.NO_ACCOUNT, {"name": source.username}),)
    return (*_of_source(facts), *_of_domains(facts), *_of_destination(source, facts, home))


def _of_source(facts: SourceFacts) -> Iterator[Said]:
    if facts.suspended:
        yield Said(Code.SOURCE_SUSPENDED)
    if facts.disk_used is None:
        yield Said(Code.DISK_UNTOLD)


def _of_domains(facts: SourceFacts) -> Iterator[Said]:
    if facts.domains is None:
        yield Said(Code.DOMAINS_UNTOLD)
        return
    added = [domain.name for domain in facts.domains if domain.kind in ADDED]
    if added:
        yield Said(Code.MORE_DOMAINS, {"count": str(len(added)), "domains": _listed(added)})


def _of_destination(source: Source, facts: SourceFacts, home: Destination) -> Iterator[Said]:
    if not home.has_account:
        yield Said(Code.DESTINATION_MISSING, {"name": home.username})
    if source.host.lower() in home.host_names and source.username == home.username:
        yield Said(Code.ALREADY_HERE)
    elif home.is_name_taken:
        yield Said(Code.USERNAME_TAKEN, {"name": source.username})
    if home.disk_limit is not None and (facts.disk_used or 0) > home.disk_limit:
        sizes = {"used": str(facts.disk_used), "limit": str(home.disk_limit)}
        yield Said(Code.DISK_TOO_SMALL, sizes)
    if home.elsewhere:
        yield Said(Code.DOMAIN_OF_ANOTHER, {"domains": _listed(list(home.elsewhere))})
    elif facts.domain != home.domain:
        yield Said(Code.DOMAIN_DIFFERS, {"source": facts.domain, "destination": home.domain})


def _listed(names: list[str]) -> str:
    more = "" if len(names) <= SHOWN_DOMAINS else ", …"
    return ", ".join(names[:SHOWN_DOMAINS]) + more
