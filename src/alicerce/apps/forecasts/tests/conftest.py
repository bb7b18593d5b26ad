"""The provider and the mailer of most tests."""

import pytest

from alicerce.apps.billing.tests.conftest import letters, provider

__all__ = ["letters", "provider"]


@pytest.fixture(autouse=True)
def _nobody_outside_is_reached(letters, provider):
    """Letters are handed to a list, charges to memory."""
