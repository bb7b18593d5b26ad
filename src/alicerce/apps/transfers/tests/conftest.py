"""A source and a panel in memory for the tests of transfers' use cases."""

import pytest

from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import LettersInMemory, PanelInMemory
from alicerce.apps.notify.ports import mailers
from alicerce.apps.transfers.ports import movers
from alicerce.apps.transfers.tests.doubles import MoverInMemory
from alicerce.apps.transfers.tests.factories import an_active_service


@pytest.fixture
def mover(monkeypatch):
    mover = MoverInMemory()
    monkeypatch.setitem(movers, "whm", mover)
    return mover


@pytest.fixture
def panel(monkeypatch):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    return panel


@pytest.fixture
def letters(monkeypatch):
    """Messages that were handed over, instead of a mail server."""
    letters = LettersInMemory()
    monkeypatch.setitem(mailers, "smtp", letters)
    return letters.delivered


@pytest.fixture
def service(tenant, panel):
    """Active, and its account is where it should be."""
    service = an_active_service()
    panel.accounts[service.username] = service.domain
    return service
