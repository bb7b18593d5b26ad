"""A name server that says what a test wants, over the wire."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.rules import PROOF, challenge_of
from alicerce.apps.hostnames.services.attach import attach_host_name
from alicerce.apps.hostnames.services.look import look
from alicerce.vendors.resolver.simulator import DnsSite, Names
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import in_background
from alicerce.vendors.simulation.store import Store

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LOJA = "loja.padaria.com.br"


@pytest.fixture(scope="session")
def dns_site():
    names = Names(Store(), Faults())
    site = DnsSite(names)
    with in_background(site):
        yield site, names


@pytest.fixture
def dns(dns_site, settings):
    site, names = dns_site
    settings.DNS_SERVERS = (site.address,)
    for record in names.records():
        names.put(record["name"], record["type"], [])
    names.faults.disarm()
    return names


class Claim:
    """A company's claim, and what it writes in DNS."""

    def __init__(self, dns, *, domain=LOJA, at=NOON):
        self.dns, self.domain = dns, domain
        self.id = attach_host_name(typed=domain, at=at)

    @property
    def row(self):
        return HostName.objects.get(pk=self.id)

    @property
    def proof(self):
        return PROOF + self.row.token

    def show(self, *proofs):
        self.dns.put(challenge_of(self.domain), "TXT", proofs)

    def look(self, at=NOON):
        look(name_id=self.id, at=at)
        return self.row.state


@pytest.fixture
def claim(dns):
    return lambda **given: Claim(dns, **given)
