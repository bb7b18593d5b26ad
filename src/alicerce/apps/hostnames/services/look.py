"""Ask DNS whether a name is the company's own, and act on the answer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hostnames.events import (
    HostNameAtRisk,
    HostNameFailed,
    HostNameLapsed,
    HostNameRecovered,
    HostNameVerified,
    LookDue,
)
from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.ports import Resolver, resolver
from alicerce.apps.hostnames.queries.names import way_of
from alicerce.apps.hostnames.rules import challenge_of, finding_of, is_proof
from alicerce.apps.hostnames.services.write_letters import write_letters
from alicerce.apps.hostnames.types import Finding, Seen, Turn, Way
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Unknown

BATCH = 100
FACTS: Mapping[
    Turn,
    type[HostNameVerified]
    | type[HostNameRecovered]
    | type[HostNameAtRisk]
    | type[HostNameLapsed]
    | type[HostNameFailed],
] = {
    Turn.VERIFIED: HostNameVerified,
    Turn.RECOVERED: HostNameRecovered,
    Turn.AT_RISK: HostNameAtRisk,
    Turn.LAPSED: HostNameLapsed,
    Turn.FAILED: HostNameFailed,
}
BAD_NEWS = frozenset({Turn.AT_RISK, Turn.LAPSED, Turn.FAILED})


@transaction()
def call_due(*, at: datetime) -> int:
    """Send for a look at each name of the current company whose time is here; how many."""
    due = HostName.objects.due(at).order_by("next_at", "id")
    rows = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    for row in rows:
        row.call(at=at)
        publish(LookDue(at=at, host_name_id=row.id))
    return len(rows)


def look(*, name_id: UUID, at: datetime) -> None:
    """Ask, and write down what follows. A look at a name that is over, or begun anew, changes nothing.

    The name's only proof is the record that shows its token now. A company that had the name and shows
    its own no longer loses it to the one that does; while both show theirs, who has it keeps it.
    """
    asked = _asked(name_id)
    if asked is None:
        return
    domain, token, way = asked
    seen = _ask(domain, way)
    if finding_of(seen, token) is Finding.PROVEN:
        _release(domain, seen.texts or (), at=at)
    _note(name_id, token, seen, at=at)


@transaction()
def _asked(name_id: UUID) -> tuple[str, str, Way] | None:
    claim = HostName.objects.filter(pk=name_id).first()
    if claim is None or not claim.is_open:
        return None
    return claim.domain, claim.token, way_of(tenancy.hosts_of(current_tenant_id()))


def _ask(domain: str, way: Way) -> Seen:
    dns = resolver()
    try:
        texts = dns.texts(challenge_of(domain))
    except Unknown:
        return Seen(None)
    return Seen(texts, _points_here(dns, domain, way))


def _points_here(dns: Resolver, domain: str, way: Way) -> bool | None:
    """Only to tell people: behind a network of caches it leads somewhere else, and arrives here."""
    try:
        ours = frozenset(way.addresses)
        ours |= dns.addresses(way.alias) if way.alias else frozenset()
        return bool(ours & dns.addresses(domain))
    except Unknown:
        return None


def _release(domain: str, texts: tuple[str, ...], *, at: datetime) -> None:
    """Take the name from another company that no longer shows its token."""
    host = tenancy.host_at(domain)
    if host is None or not host.is_own or host.tenant_id == current_tenant_id():
        return
    with acting(tenant_id=host.tenant_id), transaction():
        theirs = HostName.of_domain(domain)
        if theirs and theirs.leads_here and not is_proof(texts, theirs.token):
            theirs.lose(at=at)
            tenancy.lead_no_more(domain=domain)
            _tell(theirs, Turn.LAPSED, at=at)


@transaction()
def _note(name_id: UUID, token: str, seen: Seen, *, at: datetime) -> None:
    claim = HostName.objects.lock(name_id)
    if not claim.is_open or claim.token != token:
        return
    finding = finding_of(seen, token)
    if finding is Finding.PROVEN and not tenancy.lead_here(domain=claim.domain):
        finding = Finding.HELD
    if finding is Finding.PROVEN:
        turn = claim.prove(at=at, points_here=seen.points_here)
    else:
        turn = claim.miss(finding, at=at, points_here=seen.points_here)
    if turn is Turn.LAPSED:
        tenancy.lead_no_more(domain=claim.domain)
    if turn is not Turn.NOTHING:
        _tell(claim, turn, at=at)


def _tell(claim: HostName, turn: Turn, *, at: datetime) -> None:
    audit.record(
        action=f"host_name.{turn}",
        entity="host_name",
        entity_id=claim.id,
        after={"domain": claim.domain, "finding": str(claim.finding)},
        at=at,
    )
    publish(FACTS[turn](at=at, host_name_id=claim.id, domain=claim.domain))
    if turn in BAD_NEWS:
        write_letters(claim=claim, turn=turn, at=at)
