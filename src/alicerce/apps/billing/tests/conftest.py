"""The provider of most tests."""

import pytest

from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.types import GatewayKind


@pytest.fixture
def provider(monkeypatch):
    gateway = MemoryGateway()
    for kind in GatewayKind:
        monkeypatch.setitem(gateways, kind, lambda config: gateway)
    return gateway
