"""A WHM server of our own, over real HTTPS."""

import pytest

from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.client import WhmClient
from alicerce.vendors.whm.simulator import whm_app

TOKEN = "K7TOKENOFTHESERVER"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("whm") / "certificates")


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def app(faults):
    return whm_app(Store(), faults, token=TOKEN, max_accounts=3)


@pytest.fixture
def machine(app):
    return app.state.machine


@pytest.fixture
def server(app, certificates):
    with running(app, certificates) as base_url:
        yield base_url


@pytest.fixture
def client(server, certificates):
    """Impatient, so that who hangs is found out soon."""
    with WhmClient(
        base_url=server,
        username="root",
        token=TOKEN,
        ca_pem=certificates.ca.read_text(),
        timeout=0.5,
    ) as client:
        yield client


@pytest.fixture
def create(client):
    def create(username="padaria1", domain="padaria.com.br", plan="basico"):
        return client.createacct(
            username=username,
            domain=domain,
            plan=plan,
            password="uma senha comprida",
            contactemail="dona@padaria.com.br",
        )

    return create
