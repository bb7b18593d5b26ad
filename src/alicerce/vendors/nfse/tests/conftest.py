"""A running national system that demands a company's certificate."""

import pytest

from alicerce.vendors.nfse.tests.doubles import national_system
from alicerce.vendors.simulation.certificates import make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls") / "certificates")


@pytest.fixture
def sefin(certificates):
    with national_system(certificates) as running:
        yield running
