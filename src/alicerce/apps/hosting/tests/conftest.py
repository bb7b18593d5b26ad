"""A panel in memory for the tests of hosting's use cases."""

import pytest

from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import HandClock, LettersInMemory, PanelInMemory
from alicerce.apps.notify.ports import mailers


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def panel(monkeypatch):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    return panel


@pytest.fixture
def zones(monkeypatch):
    zones = ZonesInMemory()
    monkeypatch.setitem(dns_hosts, "whm", lambda reference: zones)
    return zones


@pytest.fixture
def letters(monkeypatch):
    """Messages that were handed over, instead of a mail server."""
    letters = LettersInMemory()
    monkeypatch.setitem(mailers, "smtp", letters)
    return letters.delivered
