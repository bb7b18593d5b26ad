"""The provider and the mailer of these tests."""

import pytest

from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.notify.ports import mailers


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """What was handed to the mailer."""
    handed = []
    monkeypatch.setitem(mailers, "smtp", Postbox(handed))
    return handed


@pytest.fixture(autouse=True)
def provider(monkeypatch):
    gateway = MemoryGateway()
    for kind in GatewayKind:
        monkeypatch.setitem(gateways, kind, lambda config: gateway)
    return gateway
