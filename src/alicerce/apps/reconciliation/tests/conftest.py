"""The provider of most tests, and an account there."""

import pytest

from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.reconciliation.ports import statements
from alicerce.apps.reconciliation.tests.doubles import MemoryStatement


@pytest.fixture
def said(monkeypatch):
    """What the provider says."""
    statement = MemoryStatement()
    for kind in GatewayKind:
        monkeypatch.setitem(statements, kind, lambda config: statement)
    return statement


@pytest.fixture
def account(tenant, said):
    return an_account(GatewayKind.STRIPE)
