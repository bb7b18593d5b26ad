"""A host of zones in memory."""

import pytest

from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory


@pytest.fixture
def zones(monkeypatch):
    zones = ZonesInMemory()
    monkeypatch.setitem(dns_hosts, "memory", lambda reference: zones)
    return zones
