"""The provider, the mailer and the desk of most tests."""

import pytest

from alicerce.apps.billing.tests.conftest import letters, provider
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.disputes.ports import desks
from alicerce.apps.disputes.tests.doubles import MemoryDesk

__all__ = ["letters", "provider"]


@pytest.fixture(autouse=True)
def desk(letters, provider, monkeypatch):
    """Letters are handed to a list, charges and disputes to memory."""
    found = MemoryDesk()
    monkeypatch.setitem(desks, GatewayKind.STRIPE, lambda config: found)
    return found
