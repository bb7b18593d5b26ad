"""Two dumps of one company, written once for all tests of the app."""

import pytest

from alicerce.apps.switching.tests.factories import two_dumps


@pytest.fixture(scope="session")
def dumps(tmp_path_factory):
    """The first, and the one of a month later."""
    first, later, _ = two_dumps(tmp_path_factory.getbasetemp())
    return first.read_bytes(), later.read_bytes()


@pytest.fixture(scope="session")
def dear_cent(tmp_path_factory):
    """The later one, with an item that is a cent too dear."""
    _, later, _ = two_dumps(tmp_path_factory.getbasetemp(), alter=1)
    return later.read_bytes()
