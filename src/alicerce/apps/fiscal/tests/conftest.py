"""The mailer of these tests, and a national system over HTTPS."""

import pytest

from alicerce.apps.billing.tests.conftest import letters, provider
from alicerce.vendors.nfse.tests.conftest import certificates, sefin

__all__ = ["certificates", "letters", "provider", "sefin"]


@pytest.fixture(autouse=True)
def _nobody_outside_is_reached(letters, provider):
    """Letters are handed to a list, charges to memory."""
