"""Say that a name is one's own, and say so no more."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hostnames.errors import (
    AlreadyAttached,
    BadHostName,
    HostNameIsOver,
    NotInRehearsal,
    NotProven,
    PlatformHasItsOwn,
    PlatformsName,
    TooManyHostNames,
)
from alicerce.apps.hostnames.events import (
    HostNameAttached,
    HostNameDetached,
    HostNamePutFirst,
    LookDue,
)
from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.rules import MOST, host_name, is_within
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import BadDomain
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


@transaction()
def attach_host_name(*, typed: str, at: datetime) -> UUID:
    """Begin to wait for the proof. A name that leads to another company may be claimed: who proves it, has it.

    Raises BadHostName, PlatformsName, AlreadyAttached, TooManyHostNames, NotInRehearsal, PlatformHasItsOwn.
    """
    domain = _named(typed)
    hold("hostnames.limit")
    if HostName.objects.open().count() >= MOST:
        raise TooManyHostNames
    claim = HostName.claim(domain, at=at)
    if claim is None:
        raise AlreadyAttached
    _record("attached", claim, at=at)
    publish(HostNameAttached(at=at, host_name_id=claim.id, domain=domain))
    publish(LookDue(at=at, host_name_id=claim.id))
    return claim.id


@transaction()
def look_again(*, name_id: UUID, at: datetime) -> None:
    """Have DNS asked now, not later. Raises HostName.DoesNotExist and HostNameIsOver."""
    claim = HostName.objects.lock(name_id)
    if not claim.is_open:
        raise HostNameIsOver
    claim.call(at=at)
    publish(LookDue(at=at, host_name_id=claim.id))


@transaction()
def detach_host_name(*, name_id: UUID, at: datetime) -> None:
    """It leads here no more, from the next request on. Raises HostName.DoesNotExist and HostNameIsOver."""
    claim = HostName.objects.lock(name_id)
    led = claim.leads_here
    if not claim.detach(at=at):
        raise HostNameIsOver
    if led:
        tenancy.lead_no_more(domain=claim.domain)
    _record("detached", claim, at=at)
    publish(HostNameDetached(at=at, host_name_id=claim.id, domain=claim.domain))


@transaction()
def put_first(*, name_id: UUID, at: datetime) -> None:
    """Have links in letters and pages begin with this name. Raises HostName.DoesNotExist and NotProven."""
    claim = HostName.objects.lock(name_id)
    if not claim.leads_here:
        raise NotProven
    if tenancy.put_first(domain=claim.domain):
        _record("put_first", claim, at=at)
        publish(HostNamePutFirst(at=at, host_name_id=claim.id, domain=claim.domain))


@transaction()
def put_back(*, name_id: UUID, at: datetime) -> None:
    """Have links begin with what the platform gave, if they begin with this one. Raises HostName.DoesNotExist."""
    claim = HostName.objects.lock(name_id)
    hosts = tenancy.hosts_of(current_tenant_id())
    is_first = any(host.is_primary and host.domain == claim.domain for host in hosts)
    given = next((host for host in hosts if not host.is_own), None)
    if is_first and given and tenancy.put_first(domain=given.domain):
        _record("put_back", claim, at=at)
        publish(HostNamePutFirst(at=at, host_name_id=claim.id, domain=given.domain))


def _named(typed: str) -> str:
    if tenancy.is_sandbox(current_tenant_id()):
        raise NotInRehearsal
    if tenancy.is_platform(current_tenant_id()):
        raise PlatformHasItsOwn
    try:
        domain = host_name(typed)
    except BadDomain:
        raise BadHostName from None
    given = tenancy.host_at(domain)
    if is_within(domain, tenancy.platform_host()) or (given and not given.is_own):
        raise PlatformsName
    return domain


def _record(what: str, claim: HostName, *, at: datetime) -> None:
    audit.record(
        action=f"host_name.{what}",
        entity="host_name",
        entity_id=claim.id,
        after=claim.told(),
        at=at,
    )
