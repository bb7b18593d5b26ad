"""WHM as the source of an account: a stranger's server, reached as any address that a user typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from alicerce.apps.transfers.ports import SourceRefusal
from alicerce.apps.transfers.types import Code, Domain, Source, SourceFacts
from alicerce.kernel import safe_http
from alicerce.kernel.http import Refusal
from alicerce.kernel.safe_http import Forbidden, Policy, Untrusted
from alicerce.vendors.whm.client import WhmClient, trusting
from alicerce.vendors.whm.guarded import guarded_client
from alicerce.vendors.whm.outcomes import BadCertificate, BadCredentials

PORTS = frozenset({443, 2087})
HERE = frozenset({"127.0.0.1", "localhost"})
LONGEST_SECONDS = 30


class WhmMover:
    def may_reach(self, source: Source) -> bool:
        try:
            safe_http.check_url(source.url, policy=policy_for(source))
        except Refusal:
            return False
        return True

    def can_pin(self, certificate: str) -> bool:
        try:
            trusting(certificate)
        except BadCertificate:
            return False
        return True

    def examine(self, source: Source, token: str) -> SourceFacts:
        with (
            _told_apart(),
            guarded_client(
                base_url=source.url,
                username=source.login,
                token=token,
                ca_pem=source.certificate,
                policy=policy_for(source),
            ) as whm,
        ):
            return _look(whm, source.username)


def policy_for(source: Source) -> Policy:
    """WHM's own doors on the public Internet; this machine when it is named, where simulators live."""
    may_be_here = settings.SERVERS_MAY_BE_HERE and source.host in HERE
    here = {source.port} if may_be_here else set()
    return Policy(
        ports=PORTS,
        loopback_ports=frozenset(here | set(settings.LOOPBACK_PORTS)),
        seconds=min(LONGEST_SECONDS, settings.OUTSIDE_TIMEOUT),
    )


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except BadCredentials as refusal:
        raise SourceRefusal(Code.DENIED, str(refusal)) from refusal
    except Forbidden as refusal:
        raise SourceRefusal(Code.ADDRESS_INSIDE, str(refusal)) from refusal
    except (Untrusted, BadCertificate) as trouble:
        raise SourceRefusal(Code.NOT_TRUSTED, str(trouble)) from trouble
    except Refusal as refusal:
        raise SourceRefusal(Code.SOURCE_REFUSED, str(refusal)) from refusal


def _look(whm: WhmClient, username: str) -> SourceFacts:
    version = whm.version()
    account = whm.accountsummary(username)
    if account is None:
        return SourceFacts(version, has_account=False)
    return SourceFacts(
        version=version,
        domain=account.domain,
        plan=account.plan,
        suspended=account.suspended,
        disk_used=account.disk_used,
        domains=_domains(whm, username),
    )


def _domains(whm: WhmClient, username: str) -> tuple[Domain, ...] | None:
    """A token may be good for the account and not for this: then a person has to look."""
    try:
        found = whm.get_domain_info(username)
    except Refusal:
        return None
    return tuple(Domain(each.name, each.kind) for each in found)
